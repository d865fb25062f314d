import { AskBox, KeptSign } from "debrief_board";

const LONGEST = 60000; // ms: the first time, large libraries are loaded

// Suggestions for sorting, one after another, each taken or waved away. Only asked for, never by itself.
export const SuggestionBox = {
  props: { board: Object },
  components: { AskBox, KeptSign },
  data() {
    return { state: "asking", sentence: "", found: [], at: 0, left: [], waved: new Set() };
  },
  mounted() {
    this.ask();
  },
  computed: {
    t() {
      return this.board.t;
    },
    one() {
      return this.found[this.at];
    },
    cards() {
      return this.one ? this.one.cards.map((id) => this.board.view.cards.find((card) => card.id === id)).filter(Boolean) : [];
    },
    why() {
      return [...this.one.moves, ...this.one.words.map((word) => `“${word}”`)];
    },
    beside() {
      if (!this.one?.pattern) return [];
      return this.board.view.cards.filter((card) => card.state === "accepted" && card.pattern === this.one.pattern).slice(0, 3);
    },
  },
  methods: {
    async ask() {
      this.state = "asking";
      const answer = await this.board.act("suggest", {}, "suggest", LONGEST);
      this.sentence = answer.ok ? "" : answer.sentence;
      this.found = (answer.value ?? []).filter((each) => !this.waved.has(this.key(each)));
      this.at = 0;
      this.show();
    },
    // The next one that still holds: its cards unsorted, its pattern there.
    show() {
      while (this.one && !this.holds(this.one)) this.at += 1;
      this.left = this.one ? [...this.one.cards] : [];
      this.state = this.one ? "one" : "none";
      this.$nextTick(() => this.$refs.first?.focus());
    },
    holds(one) {
      const here = (id) => this.board.view.cards.some((card) => card.id === id && card.state === "accepted" && !card.pattern);
      return one.cards.every(here) && (!one.pattern || this.board.view.patterns.some((pattern) => pattern.id === one.pattern));
    },
    key(one) {
      return [one.pattern, ...one.cards].join(" ");
    },
    wave() {
      this.waved.add(this.key(this.one));
      this.at += 1;
      this.show();
    },
    async take() {
      const answer = this.one.pattern
        ? await this.board.act("move", { cards: this.left, pattern: this.one.pattern }, "take")
        : await this.board.act("add", { title: "", cards: this.left }, "take");
      if (!answer.ok) return;
      this.at += 1;
      this.show();
    },
  },
  template: `
<ask-box :title="t('suggestions')" @close="$emit('close')">
  <p v-if="state === 'asking'" role="status">{{ t("suggesting") }}</p>
  <template v-else-if="state === 'one'">
    <p v-if="one.pattern" class="lead">{{ t("might_go_to") }} <b dir="auto">{{ board.patternTitle(one.pattern) }}</b></p>
    <p v-else class="lead">{{ t("might_form_one") }}</p>
    <ul class="suggested">
      <li v-for="card in cards" :key="card.id"><label v-if="!one.pattern"><input type="checkbox" v-model="left" :value="card.id"> <span dir="auto">{{ card.text }}</span></label>
        <span v-else dir="auto">{{ card.text }}</span></li>
    </ul>
    <template v-if="beside.length"><p class="soft">{{ t("lies_there") }}</p><ul class="suggested soft"><li v-for="card in beside" :key="card.id" dir="auto">{{ card.text }}</li></ul></template>
    <p v-if="why.length" class="soft">{{ t("because_of", { words: why.join(", ") }) }}</p>
    <kept-sign :sign="board.signs.take"/>
    <div class="buttons"><button ref="first" type="button" class="primary" :disabled="!left.length" @click="take">{{ one.pattern ? t("take_card") : t("take_cards", { n: left.length }) }}</button>
      <button type="button" @click="wave">{{ t("wave") }}</button><button type="button" @click="$emit('close')">{{ t("close") }}</button></div>
  </template>
  <template v-else>
    <p role="status">{{ sentence || t("no_suggestion") }}</p>
    <div class="buttons"><button v-if="!sentence && waved.size" type="button" @click="waved.clear(); ask()">{{ t("suggest_again") }}</button>
      <button ref="first" type="button" class="primary" @click="$emit('close')">{{ t("close") }}</button></div>
  </template>
  <p class="soft small">{{ t("suggest_how") }}</p>
</ask-box>`,
  emits: ["close"],
};
