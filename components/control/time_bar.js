import { AskBox, board, KeptSign, timed } from "debrief_board";

// The agenda as a row: each step with its minutes, the one of now with what is left. Drawn from moments of the server.
export default {
  mixins: [board, timed],
  components: { AskBox, KeptSign },
  template: `
<section :aria-label="t('time')">
  <template v-if="agenda">
    <p class="left num" role="status"><b v-if="agenda.stage">{{ left > 0 ? t("left", { n: left }) : t("over") }}</b>
      <span v-else-if="agenda.begin">{{ t("begin", { time: agenda.begin }) }}</span></p>
    <ol class="steps"><li v-for="step in agenda.steps" :key="step.stage" :class="{ now: step.stage === agenda.stage }" :aria-current="step.stage === agenda.stage ? 'step' : null"
      :style="{ flexGrow: weight(step) }" :title="step.name"><span>{{ step.name }}</span> <small class="num">{{ said(step) }}</small></li></ol>
    <div class="buttons">
      <template v-if="agenda.stage">
        <button type="button" @click="act('extend', { minutes: 5 }, 'time')" :aria-label="t('more_label')">{{ t("more") }}</button>
        <button type="button" @click="act('extend', { minutes: -5 }, 'time')" :aria-label="t('less_label')">{{ t("less") }}</button>
      </template>
      <span class="num">{{ t("ends_at", { time: agenda.ends }) }}</span>
      <button ref="opener" type="button" @click="start">{{ t("change") }}</button>
    </div>
  </template>
  <button v-else-if="view.stage !== 'closed'" ref="opener" type="button" @click="start">{{ t("plan") }}</button>
  <kept-sign :sign="signs.time?.state === 'problem' ? signs.time : null"/>
  <ask-box v-if="planning" :title="t('plan')" @close="planning = null">
    <form @submit.prevent="plan">
      <p>{{ t("plan_hint") }}</p>
      <label>{{ t("ends") }} <input type="time" v-model="planning.ends" required></label>
      <fieldset class="choice inline"><legend>{{ t("minutes") }}</legend>
        <label v-for="n in texts.presets" :key="n"><input type="radio" name="minutes" :value="n" v-model="planning.minutes"> {{ t("n_minutes", { n }) }}</label></fieldset>
      <kept-sign :sign="signs.plan"/>
      <div class="buttons"><button class="primary">{{ t("keep") }}</button><button type="button" @click="planning = null">{{ t("cancel") }}</button></div>
    </form>
    <div v-if="agenda" class="apart buttons">
      <button type="button" @click="act('move_end', { minutes: 5 }, 'plan')">{{ t("later") }}</button>
      <button type="button" @click="act('move_end', { minutes: -5 }, 'plan')">{{ t("earlier") }}</button>
      <button type="button" class="stop" @click="finish('drop_agenda', {})">{{ t("drop") }}</button>
    </div>
  </ask-box>
</section>`,
  data() {
    return { planning: null };
  },
  computed: {
    agenda() {
      return this.view.agenda;
    },
    left() {
      return this.minutesLeft(this.agenda.step_ends_at);
    },
  },
  methods: {
    // As wide as it is long; what is done makes room.
    weight(step) {
      return step.stage === this.agenda.stage ? 24 : step.minutes === null ? 7 : Math.max(12, step.minutes);
    },
    said(step) {
      if (step.stage === this.agenda.stage) return "";
      return step.minutes === null ? "✓" : this.t("min", { n: step.minutes });
    },
    // Two hours from now on a full five minutes, unless an end was set.
    start() {
      this.signs.plan = null;
      const then = new Date(Math.ceil((Date.now() + 7200000) / 300000) * 300000);
      const two = (n) => String(n).padStart(2, "0");
      this.planning = { ends: this.agenda?.ends ?? two(then.getHours()) + ":" + two(then.getMinutes()), minutes: 120 };
    },
    plan() {
      this.finish("plan_time", { ...this.planning });
    },
    async finish(kind, fields) {
      const answer = await this.act(kind, fields, "plan");
      if (answer.ok) this.planning = null;
    },
  },
};
