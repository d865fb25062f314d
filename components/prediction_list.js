import { AskBox, board, KeptSign, PatternChoice } from "debrief_board";

// The question, a form for one more prediction, and those that stand.
export default {
  mixins: [board],
  components: { AskBox, KeptSign, PatternChoice },
  template: `
<section class="predicting">
  <p class="lead question">{{ view.question }}</p>
  <form class="sheet" @submit.prevent="predict">
    <h2>{{ t("new") }}</h2>
    <p v-if="!view.patterns.length" class="soft">{{ t("no_patterns") }}</p>
    <label>{{ t("text") }} <textarea v-model="draft.text" rows="3" maxlength="20000" dir="auto" required></textarea></label>
    <pattern-choice v-model="draft.patterns" :patterns="view.patterns" :legend="t('cites')" :counts="counts" :unnamed="t('unnamed')"/>
    <div class="buttons"><button class="primary">{{ t("keep") }}</button><kept-sign :sign="signs.predict"/></div>
  </form>
  <div class="stack">
    <h2>{{ t("predictions") }} <span class="num">{{ view.predictions.length }}</span></h2>
    <p v-if="!view.predictions.length" class="soft">{{ t("none") }}</p>
    <ul class="stack">
      <li v-for="prediction in view.predictions" :key="prediction.id" class="sheet">
        <p dir="auto" class="words">{{ prediction.text }}</p>
        <p class="soft small">{{ t("rests") }}</p>
        <ul class="cites"><li v-for="id in prediction.patterns" :key="id" dir="auto">{{ patternTitle(id) }}</li></ul>
        <div class="buttons"><button type="button" @click="edit(prediction)">{{ t("change") }}</button></div>
      </li>
    </ul>
    <kept-sign :sign="signs.change"/>
  </div>
  <ask-box v-if="editing" :title="t('change_title')" @close="editing = null">
    <form @submit.prevent="change">
      <label>{{ t("text") }} <textarea v-model="editing.text" rows="4" maxlength="20000" dir="auto" required></textarea></label>
      <pattern-choice v-model="editing.patterns" :patterns="view.patterns" :legend="t('cites')" :counts="counts" :unnamed="t('unnamed')"/>
      <kept-sign :sign="signs.change"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button><button type="button" @click="editing = null">{{ t("cancel") }}</button>
        <button type="button" class="stop" @click="finish('remove_prediction', { prediction: editing.id })">{{ t("remove") }}</button></div>
    </form>
  </ask-box>
</section>`,
  data() {
    return { draft: { text: "", patterns: [] }, editing: null };
  },
  methods: {
    hasDrafts() {
      return Boolean(this.draft.text.trim());
    },
    counts(pattern) {
      return this.t("counts", { cards: this.t("cards", { n: pattern.cards }), visits: this.t("visits", { n: pattern.visits }) });
    },
    async predict() {
      const sent = { text: this.draft.text, patterns: [...this.draft.patterns] };
      const answer = await this.act("predict", sent, "predict");
      if (answer.ok && this.draft.text === sent.text) this.draft = { text: "", patterns: [] };
    },
    edit({ id, text, patterns }) {
      this.signs.change = null;
      this.editing = { id, text, patterns: [...patterns], seen: { text, patterns: [...patterns] } };
    },
    change() {
      const { id, text, patterns, seen } = this.editing;
      this.finish("change_prediction", { prediction: id, text, patterns, seen });
    },
    async finish(kind, fields) {
      const answer = await this.act(kind, fields, "change");
      if (answer.ok) this.editing = null;
    },
  },
};
