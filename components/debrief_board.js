// What all boards of the debrief share: taking a view and its changed parts, and acts that wait for their answer.

const LONGEST_WAIT = 8000; // ms until we say that the server has not answered
const REST = 1000; // ms without a key

export const board = {
  props: { first: String, texts: Object, clock: Number },
  emits: ["act"],
  data() {
    return { view: JSON.parse(this.first), held: [], holding: false, signs: {} };
  },
  created() {
    this.calls = new Map();
    this.lastCall = 0;
    this.ordering = Promise.resolve();
  },
  watch: {
    first(text) {
      this.view = JSON.parse(text);
    },
  },
  methods: {
    // Called by the server with what has changed. While somebody drags, it waits.
    show(message) {
      if (this.holding) this.held.push(message);
      else this.view = applied(this.view, message);
    },
    hold() {
      this.holding = true;
    },
    release() {
      this.holding = false;
      this.view = this.held.reduce(applied, this.view);
      this.held = [];
    },
    // A sentence of `texts` with its {parts} filled in; a pair is one and many, chosen by `n`.
    t(key, values = {}) {
      let text = this.texts[key] ?? key;
      if (Array.isArray(text)) text = text[values.n === 1 ? 0 : 1];
      return text.replace(/\{(\w+)\}/g, (part, name) => values[name] ?? part);
    },
    lens(key) {
      return this.texts.lenses[key] ?? key;
    },
    // Ask the server to do something; resolves with its answer. `where` names the place that shows the sign.
    act(kind, fields = {}, where = kind, longest = LONGEST_WAIT) {
      const call = ++this.lastCall;
      this.signs[where] = { state: "keeping", text: this.t("keeping") };
      return new Promise((resolve) => {
        const late = setTimeout(() => this.answered(call, { ok: false, sentence: this.t("no_answer") }), longest);
        this.calls.set(call, { resolve, late, where });
        this.$emit("act", { call, kind, fields });
      });
    },
    answered(call, answer) {
      const waiting = this.calls.get(call);
      if (!waiting) return;
      this.calls.delete(call);
      clearTimeout(waiting.late);
      this.signs[waiting.where] = answer.ok
        ? { state: "kept", text: this.t("kept", { time: answer.at }) }
        : { state: "problem", text: answer.sentence };
      waiting.resolve(answer);
    },
    // Whether somebody is in the middle of something here that another page would take away.
    isBusy() {
      const typing = document.activeElement?.matches?.("textarea, input:not([type=checkbox], [type=radio]), select");
      return this.holding || this.hasDrafts() || Boolean(this.$el.querySelector("dialog")) || (typing && this.$el.contains(document.activeElement));
    },
    hasDrafts() {
      return false;
    },
    // One place up or down among those beside it, in the order that all screens have. Presses wait for one another, and
    // the focus stays on what was pressed.
    reorder(kind, id, by, where, all, among = all) {
      const pressed = document.activeElement?.dataset?.order;
      this.ordering = this.ordering.then(async () => {
        const beside = among().map((one) => one.id);
        const other = beside[beside.indexOf(id) + by];
        if (!beside.includes(id) || !other) return;
        const swapped = { [id]: other, [other]: id };
        await this.act(kind, { ids: all().map((one) => swapped[one.id] ?? one.id) }, where);
        await this.$nextTick();
        if (pressed) this.$el.querySelector(`[data-order="${CSS.escape(pressed)}"]`)?.focus();
      });
    },
    patternTitle(id) {
      return this.view.patterns.find((pattern) => pattern.id === id)?.title || this.t("unnamed");
    },
  },
};

// For boards that draw what is left until a moment of the server: its clock is asked once, when the page is made.
export const timed = {
  data() {
    return { now: this.clock };
  },
  created() {
    const ahead = this.clock - Date.now();
    this.tick = () => (this.now = Date.now() + ahead);
    this.ticking = setInterval(this.tick, 1000);
    document.addEventListener("visibilitychange", this.tick);
  },
  unmounted() {
    clearInterval(this.ticking);
    document.removeEventListener("visibilitychange", this.tick);
  },
  methods: {
    minutesLeft(end) {
      return Math.max(0, Math.ceil((end - this.now) / 60000));
    },
  },
};

// A short sign beside a control: keeping …, kept 10:42, or the sentence why not.
export const KeptSign = {
  props: { sign: Object },
  template: `<span class="sign" :class="sign?.state" :role="sign?.state === 'problem' ? 'alert' : 'status'">{{ sign?.text }}</span>`,
};

// The words of a card with the places marked that screening asks out. Positions count code points.
export const CardText = {
  props: { text: String, marks: { type: Array, default: () => [] } },
  computed: {
    parts() {
      const letters = Array.from(this.text);
      const parts = [];
      let from = 0;
      for (const mark of [...this.marks].sort((a, b) => a.start - b.start)) {
        if (mark.start < from) continue;
        parts.push({ text: letters.slice(from, mark.start).join("") });
        parts.push({ text: letters.slice(mark.start, mark.end).join(""), marked: true, soft: mark.soft });
        from = mark.end;
      }
      parts.push({ text: letters.slice(from).join("") });
      return parts.filter((part) => part.text);
    },
  },
  template: `<span class="card-text" dir="auto"><template v-for="(part, i) in parts" :key="i"><mark
    v-if="part.marked" :class="{ soft: part.soft }">{{ part.text }}</mark><template v-else>{{ part.text }}</template></template></span>`,
};

// `view` with the parts of `message` in it; the inverse of `changed_parts` in debrief_board.py.
function applied(view, message) {
  const { cards_changed: changed, cards_order: order, ...parts } = message;
  const next = { ...view, ...parts };
  if (changed || order) {
    const cards = new Map(view.cards.map((card) => [card.id, card]));
    for (const card of changed ?? []) cards.set(card.id, card);
    next.cards = (order ?? view.cards.map((card) => card.id)).map((id) => cards.get(id));
  }
  return next;
}

// A dialog that keeps the keyboard inside and gives the focus back. Shown with v-if; `close` asks to take it away.
export const AskBox = {
  props: { title: String },
  emits: ["close"],
  mounted() {
    this.$refs.box.showModal();
  },
  beforeUnmount() {
    this.$refs.box.close();
  },
  template: `<dialog ref="box" class="ask" :aria-label="title" @cancel.prevent="$emit('close')"><h2>{{ title }}</h2><slot/></dialog>`,
};

// What the coach asks about words that are being written for all, once the hand rests: one question, a name first.
export const CoachBeside = {
  props: { text: String, words: Object, texts: Object },
  data() {
    return { rested: this.text, coach: null };
  },
  async mounted() {
    this.coach = await import(this.texts.coach).catch(() => null);
  },
  watch: {
    text(text) {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => (this.rested = text), REST);
    },
  },
  beforeUnmount() {
    clearTimeout(this.rest);
  },
  computed: {
    hint() {
      if (!this.coach) return null;
      const { flags, names } = this.coach.coach(this.rested, this.words ?? {});
      const found = names.length ? { ...names[0], ask: this.coach.asked("name") } : flags[0];
      return found && this.text.includes(found.text) ? found : null;
    },
    about() {
      return this.texts.about.replace("{words}", () => this.hint.text);
    },
  },
  template: `<p class="hint beside" role="status"><template v-if="hint"><b aria-hidden="true">?</b> <span dir="auto">{{ about }}</span> {{ hint.ask }}</template></p>`,
};

// Up and down in an order; at an end the button stays, so that nobody who presses it loses the focus.
export const OrderButtons = {
  props: { id: String, name: String, place: Number, of: Number, across: Boolean, t: Function },
  emits: ["move"],
  computed: {
    ways() {
      const [up, down] = this.across ? ["←", "→"] : ["↑", "↓"];
      return [[-1, up, "one_earlier"], [1, down, "one_later"]].map(([by, sign, text]) => ({
        by, sign, label: this.t(text, { title: this.name }), end: this.place + by < 0 || this.place + by >= this.of,
      }));
    },
  },
  template: `<span v-if="of > 1" class="order"><button v-for="way in ways" :key="way.by" type="button" :data-order="id + ' ' + way.by"
    :aria-disabled="way.end ? 'true' : null" :aria-label="way.label" @click="way.end || $emit('move', way.by)">{{ way.sign }}</button></span>`,
};

// Which patterns something rests on: a box to tick for each, with how much stands behind it.
export const PatternChoice = {
  props: { patterns: Array, modelValue: Array, legend: String, counts: Function, unnamed: String },
  emits: ["update:modelValue"],
  methods: {
    toggle(id) {
      const chosen = this.modelValue.includes(id);
      this.$emit("update:modelValue", chosen ? this.modelValue.filter((other) => other !== id) : [...this.modelValue, id]);
    },
  },
  template: `
<fieldset class="choice"><legend>{{ legend }}</legend>
  <label v-for="pattern in patterns" :key="pattern.id"><input type="checkbox" :checked="modelValue.includes(pattern.id)" @change="toggle(pattern.id)">
    <span><span dir="auto">{{ pattern.title || unnamed }}</span> <small>{{ counts(pattern) }}</small></span></label>
</fieldset>`,
};
