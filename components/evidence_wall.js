import { AskBox, board, CardText, KeptSign } from "debrief_board";

// Screening, one card at a time: a list of cards by state, and the card that is read aloud now.
export default {
  mixins: [board],
  components: { AskBox, CardText, KeptSign },
  template: `
<section class="screening">
  <div class="queue">
    <div class="tabs" role="group" :aria-label="t('queue')">
      <button v-for="(name, state) in texts.states" :key="state" type="button" :aria-pressed="state === shown" @click="showState(state)">
        {{ name }} <b>{{ inState(state).length }}</b></button>
    </div>
    <ul ref="list" tabindex="0" :aria-label="texts.states[shown]">
      <li v-for="card in listed" :key="card.id">
        <button type="button" class="line" :aria-current="card.id === current?.id ? 'true' : null" @click="chosen = card.id">
          <span dir="auto">{{ card.text }}</span><small v-if="tag(card)">{{ tag(card) }}</small></button>
      </li>
      <li v-if="!listed.length" class="soft">{{ texts.none[shown] }}</li>
    </ul>
  </div>

  <div v-if="current" class="sheet read" tabindex="0" :aria-label="t('keys')" @keydown.self="pressed">
    <p class="tag">{{ tag(current) }}</p>
    <p class="aloud"><card-text :text="current.text" :marks="marks"/></p>
    <p v-if="current.reason" class="reason"><b>⚑</b> {{ t("sent_back", { reason: current.reason }) }} <span v-if="current.dotted">({{ t("dotted") }})</span></p>
    <p v-for="kind in askedKinds" :key="kind" class="reason"><b>⚑</b> {{ texts.asked_out[kind] }}</p>
    <p v-if="hint" class="hint"><b aria-hidden="true">?</b> <span v-if="hint.text" dir="auto">{{ t("about", { words: hint.text }) }}</span> {{ hint.ask }}</p>
    <dl class="questions">
      <div><dt>{{ t("specific") }}</dt><dd>{{ t("specific_hint") }}</dd></div>
      <div><dt>{{ t("judgement_free") }}</dt><dd>{{ t("judgement_free_hint") }}</dd></div>
    </dl>
    <div class="buttons">
      <button v-if="current.state !== 'accepted'" type="button" class="primary" @click="accept">{{ t("accept") }}</button>
      <button v-if="current.state !== 'accepted' && askedKinds.length" type="button" @click="decide('accept', { confirmed: true })">{{ t("accept_anyway") }}</button>
      <button type="button" @click="startRewording">{{ t("reword") }}</button>
      <button v-if="current.state !== 'dropped' && view.stage !== 'analysis'" type="button" @click="decide('drop')">{{ t("drop") }}</button>
      <button v-if="current.state === 'accepted'" type="button" @click="act('focus', { id: current.id }, 'screen')">{{ t("show") }}</button>
      <button v-if="current.state === 'accepted' && view.stage === 'red_dots'" type="button" class="stop" @click="startDot">{{ t("red_dot") }}</button>
    </div>
    <p class="walk"><button type="button" :disabled="place < 1" @click="step(-1)">← {{ t("previous") }}</button>
      <span class="num">{{ t("place", { n: place + 1, all: listed.length }) }}</span>
      <button type="button" :disabled="place >= listed.length - 1" @click="step(1)">{{ t("next") }} →</button>
      <kept-sign :sign="signs.screen"/></p>
    <p class="soft small">{{ t("keys") }}</p>
  </div>
  <div v-else class="sheet read"><p class="lead">{{ texts.none[shown] }}</p><kept-sign :sign="signs.screen"/></div>

  <ask-box v-if="rewording" :title="t('reword')" @close="rewording = null">
    <form @submit.prevent="reword(false)">
      <label>{{ t("words") }} <textarea v-model="rewording.text" rows="5" maxlength="20000" dir="auto" required></textarea></label>
      <p class="soft">{{ t("words_hint") }}</p>
      <kept-sign :sign="signs.reword"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button>
        <button v-if="rewording.asked" type="button" @click="reword(true)">{{ t("keep_anyway") }}</button><button type="button" @click="rewording = null">{{ t("cancel") }}</button></div>
    </form>
  </ask-box>
  <ask-box v-if="dotting" :title="t('red_dot_why')" @close="dotting = null">
    <form @submit.prevent="dot">
      <fieldset class="choice"><legend class="hidden">{{ t("red_dot_why") }}</legend>
        <label v-for="reason in view.reasons" :key="reason.key"><input type="radio" name="reason" :value="reason.key" v-model="dotting.reason"> {{ reason.sentence }}</label>
        <label><input type="radio" name="reason" value="other" v-model="dotting.reason"> {{ t("other") }}</label>
      </fieldset>
      <label v-if="dotting.reason === 'other'">{{ t("reason_text") }} <input v-model="dotting.words" maxlength="20000" dir="auto" required></label>
      <kept-sign :sign="signs.red_dot"/>
      <div class="buttons"><button class="primary">{{ t("red_dot") }}</button><button type="button" @click="dotting = null">{{ t("cancel") }}</button></div>
    </form>
  </ask-box>
</section>`,
  data() {
    return { shown: "chosen", chosen: "", rewording: null, dotting: null, coach: null };
  },
  async mounted() {
    // Without it nothing is asked beside the card; the two questions stand there all the same.
    this.coach = await import(this.texts.coach).catch(() => ({}));
  },
  created() {
    this.turnToCards();
  },
  watch: {
    "view.stage"() {
      this.turnToCards();
    },
  },
  computed: {
    listed() {
      return this.inState(this.shown);
    },
    current() {
      return this.listed.find((card) => card.id === this.chosen) ?? this.listed[0];
    },
    place() {
      return this.listed.indexOf(this.current);
    },
    // What the coach asks about the card, at the places that nothing else is asked about.
    hints() {
      if (!this.coach?.coach || !this.current) return [];
      const { flags, vague, names } = this.coach.coach(this.current.text, this.view.words);
      const ask = this.coach.asked;
      const found = [...flags, ...names.map((name) => ({ ...name, ask: ask("name"), kind: "name" }))];
      const out = this.current.asked_out ?? [];
      const free = found.filter((one) => out.every((other) => one.end <= other.start || other.end <= one.start));
      return free.length || !vague ? free.sort((a, b) => a.start - b.start) : [{ start: 0, end: 0, text: "", ask: ask("vague") }];
    },
    // One question at a time, as on the phones: a name first.
    hint() {
      return this.hints.find((one) => one.kind === "name") ?? this.hints[0];
    },
    marks() {
      const hinted = this.hints.filter((hint) => hint.text).map((hint) => ({ ...hint, soft: true }));
      return [...(this.current.asked_out ?? []), ...hinted];
    },
    askedKinds() {
      return [...new Set((this.current?.asked_out ?? []).map((mark) => mark.kind))];
    },
  },
  methods: {
    inState(state) {
      return this.view.cards.filter((card) => card.state === state);
    },
    // A list in which nothing is waits for nobody.
    turnToCards() {
      const full = ["chosen", "returned", "accepted"].find((state) => this.inState(state).length);
      if (full && !this.listed.length) this.showState(full);
    },
    showState(state) {
      this.shown = state;
      this.chosen = "";
    },
    tag(card) {
      return [card.lens && this.lens(card.lens), card.late && this.t("late")].filter(Boolean).join(" · ");
    },
    step(by) {
      this.chosen = this.listed[this.place + by]?.id ?? this.chosen;
    },
    accept() {
      this.decide("accept", { confirmed: false });
    },
    // The card goes away from this list: the next one is read.
    async decide(kind, fields = {}) {
      const card = this.current.id;
      const after = this.listed[this.place + 1] ?? this.listed[this.place - 1];
      const answer = await this.act(kind, { card, ...fields }, "screen");
      if (answer.ok && this.chosen in { [card]: 1, "": 1 }) this.chosen = after?.id ?? "";
    },
    startRewording() {
      this.signs.reword = null;
      this.rewording = { card: this.current.id, text: this.current.text, seen: this.current.text };
    },
    async reword(confirmed) {
      const { card, text, seen } = this.rewording;
      const answer = await this.act("reword", { card, text, seen, confirmed }, "reword");
      if (answer.ok) this.rewording = null;
      else if (this.rewording) this.rewording.asked = answer.kind === "asked_out";
    },
    startDot() {
      this.signs.red_dot = null;
      this.dotting = { card: this.current.id, reason: this.view.reasons[0].key, words: "" };
    },
    async dot() {
      const { card, reason, words } = this.dotting;
      const answer = await this.act("red_dot", { card, reason: reason === "other" ? words : reason }, "red_dot");
      if (answer.ok) this.dotting = null;
    },
    // Only while the card itself has the focus, so that typing elsewhere decides nothing.
    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = { a: this.accept, r: this.startRewording, d: () => this.decide("drop"), ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1) };
      const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act || (event.key === "a" && this.current.state === "accepted")) return;
      event.preventDefault();
      act();
    },
  },
};
