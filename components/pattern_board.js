import { AskBox, board, CoachBeside, KeptSign, OrderButtons } from "debrief_board";
import { SuggestionBox } from "suggestion_box";
import { SortingsBox } from "sortings_box";

// Affinity sorting. `chosen` are ids of cards; `moving` shows a card where it was put until the server has answered.
export default {
  mixins: [board],
  components: { AskBox, CoachBeside, KeptSign, OrderButtons, SortingsBox, SuggestionBox },
  template: `
<section class="sorting" @keydown.m="toMoveList" @keydown.esc="chosen = []">
  <sortings-box v-if="view.stage === 'analysis'" :view="view" :t="t" :act="act" :sign="signs.sortings"/>
  <div class="bar" role="group" :aria-label="t('chosen', { n: chosen.length })">
    <template v-if="chosen.length">
      <b>{{ t("chosen", { n: chosen.length }) }}</b>
      <label>{{ t("move_to") }} <select ref="moveTo" v-model="target">
        <option value="">{{ t("move_choose") }}</option>
        <option value="-">{{ t("unsorted") }}</option>
        <option v-for="pattern in places.slice(1)" :key="pattern.id" :value="'=' + pattern.id">{{ pattern.title }}</option>
      </select></label>
      <button type="button" @click="moveChosen">{{ t("move") }}</button>
      <button type="button" class="primary" @click="startNew">{{ t("new_from", { n: chosen.length }) }}</button>
      <button type="button" @click="chosen = []">{{ t("clear") }}</button>
    </template>
    <template v-else><span class="soft">{{ t("how") }}</span><button ref="newPattern" type="button" @click="startNew">{{ t("new_pattern") }}</button>
      <button v-if="view.round.suggestions" type="button" @click="suggesting = true">{{ t("suggest") }}</button></template>
    <kept-sign :sign="signs.move"/>
  </div>

  <div class="columns">
    <section v-for="(place, i) in places" :key="place.id" class="pile" :class="{ unsorted: !place.id, over: over === place.id, shown: place.id && place.id === view.screen.focus }"
      :aria-label="place.title" @dragover.prevent="over = place.id" @dragleave="over = null" @drop.prevent="put(place.id)">
      <header>
        <h3 dir="auto">{{ place.title }}</h3>
        <div class="rests"><p class="num">{{ place.id ? restsOn(place) : t("cards", { n: inPlace("").length }) }}</p>
          <order-buttons v-if="place.id" :id="place.id" :name="place.title" :place="i - 1" :of="view.patterns.length" across :t="t" @move="order(place.id, $event)"/></div>
        <p v-if="place.exception" class="exception" dir="auto"><b>{{ t("exception") }}</b> {{ place.exception }}</p>
        <div class="buttons" v-if="place.id">
          <button type="button" @click="edit(place)" :aria-label="t('change_this', { title: place.title })">{{ t("change") }}</button>
          <button v-if="place.id !== view.screen.focus" type="button" @click="act('focus', { id: place.id }, 'move')" :aria-label="t('show_this', { title: place.title })">{{ t("show") }}</button>
          <button v-else type="button" @click="act('focus', { id: '' }, 'move')">✓ {{ t("shown") }}</button>
        </div>
        <button v-if="canTake(place.id)" type="button" class="put" @click="put(place.id)" :aria-label="t('put_in', { title: place.title })">↓ {{ t("put_here", { n: chosen.length }) }}</button>
      </header>
      <ul>
        <li v-for="card in inPlace(place.id)" :key="card.id">
          <button type="button" class="card" draggable="true" :aria-pressed="chosen.includes(card.id)" :class="{ moving: card.id in moving }" :data-card="card.id"
            @click="choose(card.id)" @dragstart="drag($event, card.id)" @dragend="dropped"><span dir="auto">{{ card.text }}</span>
            <small v-if="tag(card)">{{ tag(card) }}</small></button>
        </li>
        <li v-if="!inPlace(place.id).length" class="soft">{{ place.id ? t("empty") : view.numbers.on_wall ? t("all_sorted") : t("no_cards") }}</li>
      </ul>
    </section>
    <p v-if="!view.patterns.length" class="soft lead">{{ t("no_patterns") }}</p>
  </div>

  <suggestion-box v-if="suggesting" :board="$.proxy" @close="suggesting = false"/>

  <ask-box v-if="making" :title="t('new_pattern')" @close="making = null">
    <form @submit.prevent="make">
      <p v-if="chosen.length">{{ t("new_from", { n: chosen.length }) }}</p>
      <label>{{ t("title") }} <textarea v-model="making.title" rows="2" maxlength="20000" dir="auto" @keydown.enter.prevent="make"></textarea></label>
      <coach-beside :text="making.title" :words="view.words" :texts="texts"/>
      <p class="soft">{{ t("later") }}</p>
      <kept-sign :sign="signs.add"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button><button type="button" @click="making = null">{{ t("cancel") }}</button></div>
    </form>
  </ask-box>

  <ask-box v-if="editing" :title="t('change_pattern')" @close="editing = null">
    <form @submit.prevent="change">
      <label>{{ t("title") }} <textarea v-model="editing.title" rows="2" maxlength="20000" dir="auto" required></textarea></label>
      <coach-beside :text="editing.title" :words="view.words" :texts="texts"/>
      <label>{{ t("summary") }} <textarea v-model="editing.summary" rows="4" maxlength="20000" dir="auto"></textarea></label>
      <label>{{ t("exception_label") }} <textarea v-model="editing.exception" rows="2" maxlength="20000" dir="auto"></textarea></label>
      <kept-sign :sign="signs.change"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button><button type="button" @click="editing = null">{{ t("cancel") }}</button></div>
    </form>
    <div class="apart">
      <label v-if="view.patterns.length > 1">{{ t("merge") }} <select v-model="editing.into"><option value="">{{ t("merge_choose") }}</option>
        <option v-for="pattern in others" :key="pattern.id" :value="pattern.id">{{ pattern.title }}</option></select></label>
      <button v-if="editing.into" type="button" @click="finish('merge', { pattern: editing.id, into: editing.into })">{{ t("merge_do") }}</button>
      <button type="button" class="stop" @click="finish('remove', { pattern: editing.id })">{{ t("remove_pattern") }}</button>
      <p class="soft small">{{ t("remove_hint", { n: inPlace(editing.id).length }) }}</p>
    </div>
  </ask-box>
</section>`,
  data() {
    return { suggesting: false, chosen: [], target: "", moving: {}, over: null, making: null, editing: null };
  },
  computed: {
    places() {
      const patterns = this.view.patterns.map((pattern) => ({ ...pattern, title: pattern.title || this.t("unnamed") }));
      return [{ id: "", title: this.t("unsorted") }, ...patterns];
    },
    piles() {
      const piles = new Map(this.places.map((place) => [place.id, []]));
      for (const card of this.view.cards) {
        if (card.state === "accepted") (piles.get(this.moving[card.id] ?? card.pattern) ?? piles.get("")).push(card);
      }
      return piles;
    },
    others() {
      return this.places.slice(1).filter((pattern) => pattern.id !== this.editing.id);
    },
  },
  watch: {
    // A card that left the wall meanwhile cannot be moved.
    "view.cards"(cards) {
      const there = new Set(cards.filter((card) => card.state === "accepted").map((card) => card.id));
      this.chosen = this.chosen.filter((id) => there.has(id));
    },
  },
  methods: {
    inPlace(id) {
      return this.piles.get(id) ?? [];
    },
    restsOn(pattern) {
      return this.t("rests_on", { cards: this.t("cards", { n: pattern.cards }), visits: this.t("visits", { n: pattern.visits }) });
    },
    tag(card) {
      return [card.lens && this.lens(card.lens), card.late && this.t("late")].filter(Boolean).join(" · ");
    },
    choose(id) {
      this.chosen = this.chosen.includes(id) ? this.chosen.filter((other) => other !== id) : [...this.chosen, id];
    },
    canTake(place) {
      return this.chosen.length && this.chosen.some((id) => this.view.cards.find((card) => card.id === id)?.pattern !== place);
    },
    drag(event, id) {
      if (!this.chosen.includes(id)) this.chosen = [id];
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      this.hold();
    },
    dropped() {
      this.over = null;
      this.release();
    },
    put(place) {
      this.over = null;
      this.move(this.chosen, place);
    },
    moveChosen() {
      if (!this.target) return this.$refs.moveTo.focus();
      this.move(this.chosen, this.target.slice(1));
      this.target = "";
    },
    toMoveList(event) {
      const card = event.target.dataset.card;
      if (!card || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // or the list, which gets the focus, would look for an "m"
      if (!this.chosen.length) this.chosen = [card];
      this.$nextTick(() => this.$refs.moveTo.focus());
    },
    // At once on this screen, and back again with a sentence if the server says no.
    async move(cards, pattern) {
      if (!cards.length) return;
      const [from, index] = this.whereIs(cards[0]);
      this.chosen = [];
      for (const id of cards) this.moving[id] = pattern;
      this.$nextTick(() => this.goOnAt(from, index));
      await this.act("move", { cards, pattern }, "move");
      for (const id of cards) if (this.moving[id] === pattern) delete this.moving[id];
    },
    whereIs(id) {
      for (const [place, cards] of this.piles) {
        const index = cards.findIndex((card) => card.id === id);
        if (index >= 0) return [place, index];
      }
      return ["", 0];
    },
    // Whoever sorts with the keyboard goes on with the card after the one that was moved.
    goOnAt(place, index) {
      if (document.activeElement !== document.body) return;
      const pile = this.inPlace(place);
      const next = pile[Math.min(index, pile.length - 1)];
      const card = next && this.$el.querySelector(`[data-card="${CSS.escape(next.id)}"]`);
      (card ?? this.$refs.newPattern).focus();
    },
    startNew() {
      this.signs.add = null;
      this.making = { title: "" };
    },
    async make() {
      const title = this.making.title.trim();
      if (this.signs.add?.state === "keeping") return;
      const from = new Set(this.chosen.map((id) => this.view.cards.find((card) => card.id === id)?.pattern));
      const [pattern] = from;
      const answer = from.size === 1 && pattern && this.chosen.length < this.inPlace(pattern).length
        ? await this.act("split", { pattern, cards: this.chosen, title }, "add")
        : await this.act("add", { title, cards: this.chosen }, "add");
      if (!answer.ok) return;
      this.making = null;
      this.chosen = [];
      this.$nextTick(() => this.goOnAt("", 0)); // the button that opened this is not there any more
    },
    edit(place) {
      const { id, title, summary, exception } = this.view.patterns.find((pattern) => pattern.id === place.id);
      this.signs.change = null;
      this.editing = { id, title, summary, exception, into: "", seen: { title, summary, exception } };
    },
    change() {
      const { id, title, summary, exception, seen } = this.editing;
      this.finish("change", { pattern: id, title, summary, exception, seen });
    },
    order(id, by) {
      this.reorder("order_patterns", id, by, "move", () => this.view.patterns);
    },
    async finish(kind, fields) {
      const answer = await this.act(kind, fields, "change");
      if (answer.ok) this.editing = null;
    },
  },
};
