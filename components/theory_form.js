import { AskBox, board, CardText, KeptSign, OrderButtons, PatternChoice } from "debrief_board";

const PAUSE = 3000; // ms without a keystroke after which a field is kept

// `drafts` hold what is being typed, by theory and field, with what stood there before: the view never replaces them.
export default {
  mixins: [board],
  components: { AskBox, CardText, KeptSign, OrderButtons, PatternChoice },
  template: `
<section class="theorizing">
  <nav class="drafts" :aria-label="t('drafts')">
    <h2>{{ t("drafts") }}</h2>
    <p v-if="!view.theories.length" class="soft">{{ t("none") }}</p>
    <ul><li v-for="(theory, i) in view.theories" :key="theory.id"><button type="button" class="line" :aria-current="theory.id === current?.id ? 'true' : null" @click="chosen = theory.id">
      <span dir="auto">{{ theory.when || t("untitled") }}</span><small>{{ texts.levels[theory.level] }}</small></button>
      <order-buttons :id="theory.id" :name="theory.when || t('untitled')" :place="i" :of="view.theories.length" :t="t" @move="order(theory.id, $event)"/></li></ul>
    <kept-sign :sign="signs.order"/>
    <form class="stack" @submit.prevent="begin">
      <label><b>{{ t("new") }}</b><small class="block">{{ t("when") }} {{ t("new_hint") }}</small> <textarea v-model="beginning" rows="3" maxlength="20000" dir="auto" required></textarea></label>
      <div class="buttons"><button :class="{ primary: !current }">{{ t("begin") }}</button></div><kept-sign :sign="signs.begin"/>
    </form>
  </nav>

  <form v-if="current" class="sheet form" :key="current.id" @submit.prevent>
    <div v-for="name in ['when', 'so', 'then', 'wrong_if']" :key="name" class="field">
      <label><b>{{ t(name) }}</b> <small v-if="texts[name + '_hint']">{{ t(name + "_hint") }}</small>
        <textarea :value="typed(name)" rows="2" maxlength="20000" dir="auto" @input="type(name, $event.target.value)" @change="keep(name)"></textarea></label>
      <kept-sign :sign="sign(name)"/>
      <p v-if="differs(name)" class="differs"><q dir="auto">{{ current[name] }}</q>
        <button type="button" @click="takeTheirs(name)">{{ t("theirs") }}</button> <button type="button" @click="keepMine(name)">{{ t("mine") }}</button></p>
    </div>
    <div class="field row">
      <label><b>{{ t("look_again") }}</b> <input type="date" :value="typed('look_again')" @change="choose('look_again', $event.target.value)"><kept-sign :sign="sign('look_again')"/></label>
      <fieldset class="choice inline"><legend>{{ t("level") }}</legend>
        <label v-for="(name, key) in texts.levels" :key="key"><input type="radio" :name="'level-' + current.id" :value="key" :checked="typed('level') === key" @change="choose('level', key)"> {{ name }}</label>
        <kept-sign :sign="sign('level')"/>
      </fieldset>
    </div>
    <pattern-choice :model-value="typed('patterns')" @update:model-value="choose('patterns', $event)" :patterns="view.patterns" :legend="t('patterns')" :counts="counts" :unnamed="t('unnamed')"/>
    <kept-sign :sign="sign('patterns')"/>
    <div class="buttons">
      <button v-if="view.screen.focus !== current.id" type="button" @click="act('focus', { id: current.id }, 'theory')">{{ t("show") }}</button>
      <button v-else type="button" @click="act('focus', { id: '' }, 'theory')">✓ {{ t("shown") }}</button>
      <button type="button" @click="startApart">{{ t("apart") }}</button>
      <button type="button" @click="showBefore">{{ t("before") }}</button>
      <button type="button" class="stop" @click="act('remove_theory', { theory: current.id }, 'theory')">{{ t("remove_theory") }}</button>
      <kept-sign :sign="signs.theory"/>
    </div>
    <div v-if="others.length" class="field row">
      <label>{{ t("beside") }} <select :value="other" @change="standBeside($event.target.value)"><option value="">{{ t("beside_choose") }}</option>
        <option v-for="theory in others" :key="theory.id" :value="theory.id">{{ theory.when }}</option></select></label>
      <div v-if="other"><button type="button" @click="join">{{ t("join") }}</button><small class="block">{{ t("join_hint") }}</small></div>
    </div>
  </form>

  <ask-box v-if="apart" :title="t('apart')" @close="apart = null">
    <form @submit.prevent="takeApart">
      <label>{{ t("when") }} <small class="block">{{ t("apart_hint") }}</small><textarea v-model="apart.when" rows="3" maxlength="20000" dir="auto" required></textarea></label>
      <kept-sign :sign="signs.apart"/>
      <div class="buttons"><button class="primary">{{ t("apart_do") }}</button><button type="button" @click="apart = null">{{ t("cancel") }}</button></div>
    </form>
  </ask-box>
  <ask-box v-if="before" :title="t('before')" @close="before = null">
    <p v-if="!before.length">{{ t("before_none") }}</p>
    <ul class="before" tabindex="0" :aria-label="t('before')"><li v-for="(words, i) in before" :key="i"><b>{{ t(words.field) }}</b> <span dir="auto">{{ words.text }}</span>
      <button type="button" @click="putBack(words)">{{ t("put_back") }}</button></li></ul>
    <div class="buttons"><button type="button" @click="before = null">{{ t("close") }}</button></div>
  </ask-box>

  <aside v-if="current" class="beside">
    <section><h2>{{ t("advice") }}</h2><p class="soft small">{{ t("advice_hint") }}</p>
      <ul class="advice"><li v-for="advice in current.advice" :key="advice.key">{{ advice.sentence }}</li></ul>
      <p v-if="!current.advice?.length" class="soft">{{ t("advice_none") }}</p>
    </section>
    <section><h2>{{ t("evidence") }}</h2>
      <p v-if="!cited.length" class="soft">{{ t("evidence_none") }}</p>
      <details v-for="pattern in cited" :key="pattern.id"><summary><span dir="auto">{{ pattern.title || t("unnamed") }}</span> <small>{{ counts(pattern) }}</small></summary>
        <p v-if="pattern.exception" class="exception" dir="auto">{{ pattern.exception }}</p>
        <ul class="evidence"><li v-for="card in cardsOf(pattern.id)" :key="card.id"><card-text :text="card.text"/></li></ul>
      </details>
    </section>
    <section v-if="view.comparisons?.length">
      <label><b>{{ t("compare") }}</b> <small>{{ t("compare_hint") }}</small>
        <select :value="typed('relates_to')" @change="choose('relates_to', $event.target.value)"><option value="">{{ t("compare_none") }}</option>
          <option v-for="other in view.comparisons" :key="other.key" :value="other.key">{{ other.title }}</option></select></label>
      <kept-sign :sign="sign('relates_to')"/>
    </section>
  </aside>
</section>`,
  data() {
    return { apart: null, before: null, chosen: "", beginning: "", drafts: {} };
  },
  created() {
    this.pauses = new Map();
  },
  beforeUnmount() {
    for (const pause of this.pauses.values()) clearTimeout(pause);
  },
  computed: {
    current() {
      return this.view.theories.find((theory) => theory.id === this.chosen) ?? this.view.theories[0];
    },
    others() {
      return this.view.theories.filter((theory) => theory.id !== this.current?.id);
    },
    other() {
      const { focus, beside } = this.view.screen;
      return focus === this.current?.id && this.others.some((theory) => theory.id === beside) ? beside : "";
    },
    cited() {
      return this.view.patterns.filter((pattern) => this.typed("patterns").includes(pattern.id));
    },
  },
  methods: {
    // Both stand on the wall; one is shortened or joined while everybody reads them.
    standBeside(id) {
      this.act("focus", { id: this.current.id, beside: id }, "theory");
    },
    join() {
      this.act("join_theories", { into: this.current.id, other: this.other }, "theory");
    },
    startApart() {
      this.signs.apart = null;
      this.apart = { theory: this.current.id, when: this.current.when };
    },
    async takeApart() {
      const answer = await this.act("take_apart", this.apart, "apart");
      if (!answer.ok) return;
      this.apart = null;
      this.chosen = answer.value;
    },
    async showBefore() {
      const answer = await this.act("wordings", { theory: this.current.id }, "theory");
      if (answer.ok) this.before = answer.value;
    },
    putBack({ field, text }) {
      this.before = null;
      this.choose(field, text);
    },
    hasDrafts() {
      return Boolean(this.beginning.trim()) || Object.keys(this.drafts).length > 0;
    },
    counts(pattern) {
      return this.t("counts", { cards: this.t("cards", { n: pattern.cards }), visits: this.t("visits", { n: pattern.visits }) });
    },
    cardsOf(id) {
      return this.view.cards.filter((card) => card.state === "accepted" && card.pattern === id);
    },
    key(name, theory = this.current) {
      return theory.id + "." + name;
    },
    sign(name) {
      return this.signs[this.key(name)];
    },
    typed(name) {
      return this.drafts[this.key(name)]?.value ?? this.current[name] ?? "";
    },
    // Somebody else has changed what is being typed here: both are shown.
    differs(name) {
      const draft = this.drafts[this.key(name)];
      return draft?.refused && draft.value !== this.current[name];
    },
    type(name, value) {
      const key = this.key(name);
      this.drafts[key] = { ...(this.drafts[key] ?? { theory: this.current, name, seen: this.current[name] ?? "" }), value };
      clearTimeout(this.pauses.get(key));
      this.pauses.set(key, setTimeout(() => this.keepDraft(key), PAUSE));
    },
    choose(name, value) {
      this.type(name, value);
      this.keep(name);
    },
    keep(name) {
      return this.keepDraft(this.key(name));
    },
    async keepDraft(key) {
      clearTimeout(this.pauses.get(key));
      const draft = this.drafts[key];
      if (!draft || draft.sending) return;
      draft.sending = true;
      const { theory, name, value, seen } = draft;
      const answer = await this.act("change_theory", { theory: theory.id, field: name, value, seen }, key);
      const now = this.drafts[key];
      now.sending = false;
      now.refused = answer.kind === "changed";
      if (!answer.ok) return;
      if (now.value === value) delete this.drafts[key];
      else Object.assign(now, { seen: value });
    },
    takeTheirs(name) {
      delete this.drafts[this.key(name)];
      delete this.signs[this.key(name)];
    },
    keepMine(name) {
      this.drafts[this.key(name)].seen = this.current[name] ?? "";
      this.keep(name);
    },
    order(id, by) {
      this.reorder("order_theories", id, by, "order", () => this.view.theories);
    },
    async begin() {
      const when = this.beginning;
      const answer = await this.act("write_theory", { when }, "begin");
      if (!answer.ok) return;
      if (this.beginning === when) this.beginning = ""; // the next one may be begun before the answer comes
      this.chosen = answer.value;
    },
  },
};
