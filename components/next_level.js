import { AskBox, board, KeptSign, OrderButtons } from "debrief_board";

// Three by three; a step is added and changed in a dialog.
export default {
  mixins: [board],
  components: { AskBox, KeptSign, OrderButtons },
  template: `
<section class="next-level">
  <p class="soft lead">{{ t("lead") }} <kept-sign :sign="signs.step"/></p>
  <div class="grid">
    <section v-for="cell in cells" :key="cell.horizon + cell.owner" class="cell" :aria-label="cell.name">
      <h3><span>{{ texts.horizons[cell.horizon] }}</span> {{ texts.owners[cell.owner] }}</h3>
      <ul>
        <li v-for="(step, i) in stepsIn(cell)" :key="step.id">
          <p dir="auto">{{ step.text }}</p>
          <div class="buttons"><label class="tick"><input type="checkbox" :checked="step.taken_up" @change="act('take_up', { step: step.id, taken_up: $event.target.checked }, 'step')"> {{ t("taken_up") }}</label>
          <button v-if="!onlyMarks" type="button" @click="edit(step)">{{ t("change") }}</button>
          <order-buttons v-if="!onlyMarks" :id="step.id" :name="step.text" :place="i" :of="stepsIn(cell).length" :t="t" @move="order(step, $event)"/></div>
        </li>
      </ul>
      <p v-for="advice in adviceOn(cell)" :key="advice" class="advice">{{ advice }}</p>
      <button v-if="!onlyMarks" type="button" class="add" :aria-label="t('add_title', { horizon: texts.horizons[cell.horizon], owner: texts.owners[cell.owner] })" @click="add(cell)">+ {{ t("add") }}</button>
    </section>
  </div>
  <ask-box v-if="editing" :title="boxTitle" @close="editing = null">
    <form @submit.prevent="keep">
      <div v-if="editing.id" class="pair"><label>{{ t("horizon") }} <select v-model="editing.horizon"><option v-for="(name, horizon) in texts.horizons" :key="horizon" :value="horizon">{{ name }}</option></select></label>
        <label>{{ t("owner") }} <select v-model="editing.owner"><option v-for="(name, owner) in texts.owners" :key="owner" :value="owner">{{ name }}</option></select></label></div>
      <label>{{ t("text") }} <textarea v-model="editing.text" rows="4" maxlength="20000" dir="auto" required></textarea></label>
      <fieldset class="choice" v-if="view.theories.length"><legend>{{ t("theories") }}</legend>
        <label v-for="theory in view.theories" :key="theory.id"><input type="checkbox" :value="theory.id" v-model="editing.theories"> <span dir="auto">{{ theory.when }}</span></label></fieldset>
      <p v-if="isOneMore" class="advice">{{ t("enough") }}</p>
      <kept-sign :sign="signs.edit"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button><button type="button" @click="editing = null">{{ t("cancel") }}</button>
        <button v-if="editing.id" type="button" class="stop" @click="finish('remove_step', { step: editing.id })">{{ t("remove") }}</button></div>
    </form>
  </ask-box>
</section>`,
  data() {
    return { editing: null };
  },
  computed: {
    // Said before a third one is written, and not in its way.
    isOneMore() {
      return !this.editing.id && this.stepsIn(this.editing).length >= this.texts.most;
    },
    // In a closed round the school still marks what it takes up; nothing else changes.
    onlyMarks() {
      return ["closed", "purged"].includes(this.view.stage);
    },
    cells() {
      return Object.keys(this.texts.horizons).flatMap((horizon) =>
        Object.keys(this.texts.owners).map((owner) => ({ horizon, owner, name: this.nameOf({ horizon, owner }) })));
    },
    boxTitle() {
      const { horizon, owner } = this.editing;
      return this.editing.id ? this.t("change_title") : this.t("add_title", { horizon: this.texts.horizons[horizon], owner: this.texts.owners[owner] });
    },
  },
  methods: {
    nameOf({ horizon, owner }) {
      return this.t("cell", { horizon: this.texts.horizons[horizon], owner: this.texts.owners[owner] });
    },
    stepsIn({ horizon, owner }) {
      return this.view.next_steps.filter((step) => step.horizon === horizon && step.owner === owner);
    },
    adviceOn({ horizon, owner }) {
      const advice = this.view.next_steps_advice ?? [];
      return advice.filter((one) => one.horizon === horizon && one.owner === owner).map((one) => one.sentence);
    },
    add({ horizon, owner }) {
      this.signs.edit = null;
      this.editing = { horizon, owner, text: "", theories: [] };
    },
    edit({ id, horizon, owner, text, theories }) {
      this.signs.edit = null;
      this.editing = { id, horizon, owner, text, theories: [...theories], seen: { horizon, owner, text, theories: [...theories] } };
    },
    keep() {
      const { id, horizon, owner, text, theories, seen } = this.editing;
      if (id) this.finish("change_step", { step: id, horizon, owner, text, theories, seen });
      else this.finish("add_step", { horizon, owner, text, theories });
    },
    order(step, by) {
      this.reorder("order_steps", step.id, by, "step", () => this.view.next_steps, () => this.stepsIn(step));
    },
    async finish(kind, fields) {
      const answer = await this.act(kind, fields, "edit");
      if (answer.ok) this.editing = null;
    },
  },
};
