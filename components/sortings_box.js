import { KeptSign } from "debrief_board";

// The groups' silent sortings: let them begin, see how far they are, then lay them together, one set after the other.
export const SortingsBox = {
  components: { KeptSign },
  props: { view: Object, t: Function, act: Function, sign: Object },
  template: `
<section class="sheet sortings" :aria-label="t('sortings')">
  <div class="sortings-head">
    <h3>{{ t("sortings") }}</h3>
    <template v-if="!sorting || !sorting.open">
      <label>{{ t("which_cards") }} <select v-model="share"><option value="">{{ t("share_fits") }}</option><option value="all">{{ t("share_all") }}</option><option value="share">{{ t("share_share") }}</option></select></label>
      <button type="button" @click="act('begin_sorting', { share }, 'sortings')">{{ sorting ? t("begin_again") : t("begin_sorting") }}</button>
    </template>
    <button v-else type="button" @click="act('end_sorting', {}, 'sortings')">{{ t("end_sorting") }}</button>
    <button v-if="begun" type="button" @click="lay" :aria-expanded="String(Boolean(laid))">{{ laid ? t("lay_again") : t("lay_together") }}</button>
    <button v-if="laid" type="button" @click="laid = null">{{ t("close") }}</button>
    <kept-sign :sign="sign?.state === 'problem' ? sign : null"/>
  </div>
  <p v-if="!sorting" class="soft small">{{ t("sortings_hint") }}</p>
  <ul v-else class="progress">
    <li v-for="group in sorting.groups" :key="group.name"><b>{{ group.name }}</b> <span class="num">{{ t("sorted_of", { n: group.sorted, all: group.cards }) }}</span> <span v-if="group.ready">✓ {{ t("finished") }}</span></li>
  </ul>

  <div v-if="laid" class="laid">
    <p v-if="!laid.groups" class="soft">{{ t("nothing_sorted") }}</p>
    <article v-else-if="offer" class="offer">
      <p class="tag num">{{ t("offer_of", { n: place + 1, all: laid.offers.length }) }} · <b>{{ offer.together === offer.of ? t("all_agree", { n: offer.of }) : t("some_agree", { n: offer.together, of: offer.of }) }}</b></p>
      <div class="settle">
        <label v-if="!offer.pattern">{{ t("title") }} <input v-model="title" maxlength="20000" dir="auto" :placeholder="t('later')"></label>
        <div class="buttons">
          <button v-if="offer.pattern" type="button" class="primary" @click="put">{{ t("put_with", { title: pattern_title(offer.pattern) }) }}</button>
          <button v-else type="button" class="primary" @click="make">{{ t("make_pattern") }}</button>
          <button type="button" :disabled="place < 1" @click="turn(-1)">‹ {{ t("offer_before") }}</button>
          <button type="button" :disabled="place >= laid.offers.length - 1" @click="turn(1)">{{ t("offer_next") }} ›</button>
        </div>
      </div>
      <div class="offer-parts">
        <ul class="offer-cards" tabindex="0" :aria-label="t('offered')"><li v-for="id in offer.cards" :key="id" dir="auto">{{ words(id) }}</li></ul>
        <div>
          <h4>{{ t("how_groups") }}</h4>
          <ul class="how"><li v-for="group in offer.groups" :key="group.group"><b>{{ group.group }}</b>
            <span v-for="(part, i) in group.parts" :key="i">{{ part_said(part, group.parts.length) }}</span></li></ul>
        </div>
      </div>
    </article>
    <p v-else class="soft">{{ t("no_offers") }}</p>
    <details v-if="laid.differences.length"><summary>{{ t("differences", { n: laid.differences.length }) }}</summary>
      <ul class="differences"><li v-for="one in laid.differences" :key="one.card"><span dir="auto">{{ words(one.card) }}</span>
        <small v-for="group in one.groups" :key="group.group"><b>{{ group.group }}</b> {{ with_said(group.parts[0]) }}</small></li></ul>
    </details>
    <p v-if="laid.untouched.length" class="soft small">{{ t("untouched", { n: laid.untouched.length }) }}</p>
  </div>
</section>`,
  data() {
    return { share: "", laid: null, place: 0, title: "" };
  },
  computed: {
    sorting() {
      return this.view.sorting;
    },
    begun() {
      return this.sorting?.groups.some((group) => group.sorted);
    },
    offer() {
      return this.laid?.offers[this.place];
    },
    texts() {
      return new Map(this.view.cards.map((card) => [card.id, card.text]));
    },
  },
  methods: {
    words(id) {
      return this.texts.get(id) ?? "";
    },
    pattern_title(id) {
      return this.view.patterns.find((pattern) => pattern.id === id)?.title || this.t("unnamed");
    },
    // Where a group has these cards: all on one pile, or how many on which; and what else lies there.
    part_said(part, parts) {
      const values = { n: part.cards.length, others: part.others.length, pile: part.pile || this.t("nameless") };
      const where = parts === 1 ? this.t("together_on", values) : this.t("some_on", values);
      return part.others.length ? `${where}, ${this.t("with_others", { n: part.others.length })}` : where;
    },
    with_said(part) {
      if (!part.others.length) return this.t("alone");
      const first = this.words(part.others[0]);
      const words = part.pile || (first.length > 70 ? first.slice(0, 68).trimEnd() + "…" : first);
      return this.t("lies_with", { n: part.others.length, words });
    },
    async lay() {
      const answer = await this.act("sortings", {}, "sortings");
      if (!answer.ok) return;
      this.laid = answer.value;
      this.place = Math.min(this.place, Math.max(0, this.laid.offers.length - 1));
      this.title = this.offer?.names[0] ?? "";
    },
    turn(by) {
      this.place += by;
      this.title = this.offer?.names[0] ?? "";
    },
    // A pattern of what most have put together, shown to the room, which settles what belongs and what does not.
    async make() {
      const answer = await this.act("add", { title: this.title.trim(), cards: this.offer.cards }, "sortings");
      if (!answer.ok) return this.lay();
      await this.act("focus", { id: answer.value }, "sortings");
      return this.lay();
    },
    async put() {
      await this.act("move", { cards: this.offer.cards, pattern: this.offer.pattern }, "sortings");
      return this.lay();
    },
  },
};
