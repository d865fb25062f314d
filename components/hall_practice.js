import { CardText } from "debrief_board";

// The practice for the whole hall: one statement, large; then what it does, why, and how many hands there were.
export const HallPractice = {
  components: { CardText },
  props: { practice: Object, t: Function },
  template: `
<div class="statement practising">
  <p class="large">{{ t("practice_ask") }} <b>{{ t("page", { page: practice.n, pages: practice.all }) }}</b></p>
  <p class="huge"><card-text :text="practice.text" :marks="practice.answer?.marks ?? []"/></p>
  <div class="answer" :class="{ open: practice.answer }">
    <template v-if="practice.answer">
      <p class="verdict">{{ t(practice.answer.judges ? "practice_judges" : "practice_describes") }}</p>
      <p class="large">{{ practice.answer.why }}</p>
      <p v-if="practice.answer.instead" class="large instead">{{ t("practice_instead", { instead: practice.answer.instead }) }}</p>
      <p v-if="practice.hands" class="hands">{{ t("practice_hands", practice.hands) }}</p>
    </template>
    <p v-else class="verdict">{{ t("practice_raise") }}</p>
  </div>
</div>`,
};
