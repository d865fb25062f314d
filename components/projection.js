import { board, CardText, timed } from "debrief_board";
import { fitted } from "fitted";
import { HallPractice } from "hall_practice";

// The projected wall: one of the parts below, chosen by the stage. It asks for nothing and needs no cursor.
export default {
  mixins: [board, timed, fitted],
  components: { CardText, HallPractice },
  template: `
<section class="projection" :class="{ dark: view.screen.dark }" :data-stage="view.stage" tabindex="-1">
  <div class="box">
    <header class="head">
      <h1>{{ part === "practice" ? t("practice") : view.stage_name }}</h1>
      <p v-if="headline" class="headline">{{ headline }}</p>
      <p v-else-if="asksTwo" class="headline two"><span>{{ t("specific") }}</span><span>{{ t("judgement_free") }}</span></p>
    </header>
    <div class="part" :key="part">
      <div v-if="part === 'paused'" class="statement"><p class="huge">{{ t("paused") }}</p><p class="large">{{ t("paused_hint") }}</p></div>

      <hall-practice v-else-if="part === 'practice'" :practice="view.practice" :t="t"/>

      <div v-else-if="part === 'norms'" class="statement norms"><p class="huge">{{ t("norms_title") }}</p>
        <ul><li v-for="norm in texts.norms" :key="norm">{{ norm }}</li></ul></div>

      <div v-else-if="part === 'asked'" class="statement"><p class="question">{{ texts.questions[view.stage] }}</p></div>

      <div v-else-if="part === 'focus'" class="statement whole" data-steps="4"><p class="large">{{ focusName }}</p><p class="question" dir="auto">{{ focusOfRound }}</p></div>

      <div v-else-if="part === 'vote'" class="voting">
        <p class="huge">{{ texts.vote[view.vote.on] }}</p>
        <ol class="options" data-steps="3" :class="{ counted: view.vote.revealed, many: page.length > 5 }">
          <li v-for="option in page" :key="option.id" :style="view.vote.revealed ? { '--share': barOf(option.id) } : {}"><span dir="auto">{{ known.get(option.id).text }}</span>
            <template v-if="view.vote.revealed"><b>{{ view.vote.counts[option.id] }}</b></template></li>
        </ol>
        <p class="large">{{ voteSaid }}</p>
      </div>

      <div v-else-if="part === 'join'" class="join">
        <svg v-if="view.join.qr" class="qr" :viewBox="qrBox" role="img" :aria-label="t('join_scan')"><path :d="view.join.qr"/></svg>
        <div class="how">
          <h2>{{ view.stage === "planned" ? t("not_open") : t("join") }}</h2>
          <p v-if="view.join.qr" class="large">{{ t("join_scan") }}</p>
          <p class="large">{{ view.join.address ? t("join_type", { address: view.join.address }) : t("join_type_only") }}</p>
          <p class="code">{{ view.join.code }}</p>
          <p v-if="view.stage !== 'planned'" class="large counts"><span>{{ t("joined", { n: view.numbers.joined }) }}</span><span>{{ t("notes", { n: view.numbers.notes }) }}</span></p>
        </div>
      </div>

      <div v-else-if="part === 'selection'" class="statement">
        <p class="huge">{{ t("selection") }}</p>
        <p class="large">{{ howMany }}</p>
        <p class="count"><strong>{{ view.numbers.chosen }}</strong> {{ t("chosen", { n: view.numbers.chosen }) }}</p>
      </div>

      <div v-else-if="part === 'empty'" class="statement"><p class="huge">{{ t("wall_empty") }}</p><p class="large">{{ t("wall_empty_hint") }}</p></div>

      <transition-group v-else-if="part === 'wall'" tag="ul" name="calm" class="wall three" :aria-label="t('on_wall', { n: view.numbers.on_wall })">
        <li v-for="place in page" :key="place.id" class="note" :class="{ whole: place.rows > 1 }" :style="at(place)">
          <card-text :text="card(place.id)?.text ?? ''"/>
          <small class="tag">{{ tag(card(place.id)) }}</small>
        </li>
      </transition-group>

      <div v-else-if="part === 'pattern'" class="focus">
        <div class="about">
          <h2 dir="auto">{{ pattern.title || t('unnamed') }}</h2>
          <p class="rests">{{ restsOn(pattern) }}</p>
          <p v-if="pattern.summary" class="summary" dir="auto">{{ pattern.summary }}</p>
          <p v-if="pattern.exception" class="exception" dir="auto"><b>{{ t("exception") }}</b> {{ pattern.exception }}</p>
        </div>
        <transition-group tag="ul" name="calm" class="wall two">
          <li v-for="place in page" :key="place.id" class="note" :class="{ whole: place.rows > 1 }" :style="at(place)">
            <card-text :text="card(place.id)?.text ?? ''"/>
            <small class="tag">{{ tag(card(place.id)) }}</small>
          </li>
          <li v-if="!page.length" key="none" class="none">{{ t("no_cards_here") }}</li>
        </transition-group>
      </div>

      <div v-else-if="part === 'card'" class="statement whole" data-steps="4"><p class="huge card-alone"><card-text :text="card(view.screen.focus).text"/></p></div>

      <transition-group v-else-if="part === 'patterns'" tag="ul" name="calm" class="wall three">
        <li v-for="place in page" :key="place.id" class="tile" :class="{ whole: place.rows > 1 }" :style="at(place)">
          <h2 dir="auto">{{ patternOf(place.id).title || t('unnamed') }}</h2>
          <p v-if="patternOf(place.id).exception" class="exception" dir="auto"><b>{{ t("exception") }}</b> {{ patternOf(place.id).exception }}</p>
          <p class="rests">{{ restsOn(patternOf(place.id)) }}</p>
        </li>
      </transition-group>

      <div v-else-if="part === 'question'" class="statement"><p class="question">{{ view.question }}</p></div>

      <transition-group v-else-if="part === 'predictions'" tag="ul" name="calm" class="wall pairs">
        <li v-for="place in page" :key="place.id" class="tile" :style="at(place)">
          <p class="text" dir="auto">{{ prediction(place.id).text }}</p>
          <ul class="cites"><li v-for="id in prediction(place.id).patterns" :key="id" dir="auto">{{ patternTitle(id) }}</li></ul>
        </li>
      </transition-group>

      <div v-else-if="part === 'form'" class="statement"><p class="huge">{{ t("theory_form") }}</p><p class="large">{{ t("no_theories") }}</p></div>

      <transition-group v-else-if="part === 'theories'" tag="ul" name="calm" class="wall theories" :class="{ alone: page.length === 1 }">
        <li v-for="place in page" :key="place.id" class="theory" data-steps="3">
          <p class="tag">{{ texts.levels[theory(place.id).level] }}</p>
          <dl>
            <div v-for="name in ['when', 'so', 'then']" :key="name"><dt>{{ t(name) }}</dt><dd dir="auto">{{ theory(place.id)[name] || "…" }}</dd></div>
          </dl>
          <p v-if="theory(place.id).wrong_if" class="wrong" dir="auto"><b>{{ t("wrong_if") }}</b> {{ theory(place.id).wrong_if }}</p>
          <div class="rests" v-if="theory(place.id).patterns.length"><b>{{ t("rests") }}</b>
            <ul class="cites"><li v-for="id in theory(place.id).patterns" :key="id" dir="auto">{{ patternTitle(id) }} · {{ restsOn(patternOf(id)) }}</li></ul>
          </div>
        </li>
      </transition-group>

      <div v-else-if="part === 'steps'" class="steps" :class="{ few: horizons.length === 1 }" :style="{ '--rows': horizons.length }">
        <div class="corner"></div>
        <h2 v-for="(name, owner) in texts.levels" :key="owner">{{ name }}</h2>
        <template v-for="horizon in horizons" :key="horizon">
          <h2 class="horizon">{{ texts.horizons[horizon] }}</h2>
          <ul v-for="(name, owner) in texts.levels" :key="owner" :aria-label="texts.horizons[horizon] + ', ' + name">
            <li v-for="step in stepsOf(horizon, owner)" :key="step.id" dir="auto">{{ step.text }} <b v-if="step.taken_up" class="taken">✓ {{ t("taken_up") }}</b></li>
          </ul>
        </template>
      </div>

      <div v-else-if="part === 'no_steps'" class="statement"><p class="huge">{{ t("no_steps") }}</p></div>

      <div v-else class="statement closing">
        <p class="huge">{{ t("thanks") }}</p>
        <p class="large">{{ inAll }}</p>
        <p class="large">{{ whatIsDeleted }} {{ t("stays") }}</p>
      </div>
    </div>
    <footer class="foot" data-steps="3">
      <p v-if="focusOfRound" class="practice" data-whole dir="auto"><b>{{ focusName }}</b> {{ focusOfRound }}</p>
      <div class="facts">
        <p v-if="numbers" class="numbers">{{ numbers }}</p>
        <p v-if="timeSaid" class="time">{{ timeSaid }}</p>
        <p v-if="view.pages.length > 1" class="pages">{{ t("page", { page: pageNumber + 1, pages: view.pages.length }) }}</p>
      </div>
      <button v-if="canFill" type="button" class="fill" @click="fill">{{ t("full_screen") }}</button>
    </footer>
  </div>
</section>`,
  data() {
    return { filled: true };
  },
  mounted() {
    this.noticeFilled = () => (this.filled = Boolean(document.fullscreenElement));
    this.noticeFilled();
    document.addEventListener("fullscreenchange", this.noticeFilled);
  },
  unmounted() {
    document.removeEventListener("fullscreenchange", this.noticeFilled);
  },
  computed: {
    // Which part of the template the stage, the screen and the work so far call for.
    part() {
      const { stage, screen, patterns, predictions, theories, next_steps: steps, cards } = this.view;
      if (stage === "closed" || stage === "purged") return "closed";
      if (screen.paused) return "paused";
      if (this.view.practice) return "practice";
      if (screen.shows === "norms") return "norms";
      if (screen.shows === "question" && this.texts.questions[stage]) return "asked";
      if (screen.shows === "focus" && this.focusOfRound) return "focus";
      if (screen.shows === "vote" && this.view.vote) return "vote";
      if (stage === "planned" || stage === "open") return "join";
      if (stage === "selection") return "selection";
      if (this.pattern) return "pattern";
      if (this.card(screen.focus)) return "card";
      if (stage === "prediction") return this.page.length ? "predictions" : "question";
      if (stage === "theories") return theories.length ? "theories" : "form";
      if (stage === "next_level") return steps.length ? "steps" : "no_steps";
      if (stage === "analysis" && patterns.length && screen.focus !== "unsorted") return "patterns";
      return cards.length ? "wall" : "empty";
    },
    pattern() {
      return this.view.stage === "analysis" ? this.patternOf(this.view.screen.focus) : undefined;
    },
    pageNumber() {
      return Math.min(Math.max(this.view.screen.page, 0), this.view.pages.length - 1);
    },
    page() {
      const known = this.known;
      return this.view.pages[this.pageNumber].filter((place) => known.has(place.id));
    },
    horizons() {
      const id = this.view.pages[this.pageNumber][0]?.id;
      return id in this.texts.horizons ? [id] : Object.keys(this.texts.horizons);
    },
    known() {
      const { cards, patterns, predictions, theories, vote } = this.view;
      if (this.view.screen.shows === "vote") return new Map((vote?.options ?? []).map((option) => [option.id, option]));
      return new Map([cards, patterns, predictions, theories].flat().map((thing) => [thing.id, thing]));
    },
    asksTwo() {
      return ["screening", "red_dots"].includes(this.view.stage) && !["paused", "practice", "norms", "asked", "focus", "vote"].includes(this.part);
    },
    headline() {
      if (["norms", "asked", "focus", "vote"].includes(this.part)) return "";
      if (this.part === "wall" && this.view.stage === "analysis") return this.t("sort");
      if (this.part === "predictions") return this.view.question;
      return "";
    },
    // Calm: whole minutes, and no alarm when they are over.
    timeSaid() {
      const { agenda } = this.view;
      if (!agenda?.stage || agenda.stage !== this.view.stage || this.part === "paused") return "";
      const left = this.minutesLeft(agenda.step_ends_at);
      return left ? this.t("left", { n: left }) : this.t("time_over");
    },
    voteSaid() {
      const { vote } = this.view;
      if (vote.revealed) return vote.abstained ? this.t("abstained", { n: vote.abstained }) : "";
      const voted = this.t("voted", { n: vote.voted, all: vote.people });
      return (vote.closed ? this.t("vote_closed") : this.t("vote_dots", { n: vote.dots })) + " · " + voted;
    },
    howMany() {
      const { choose_least: least, choose_most: most } = this.view.round;
      return least ? this.t("selection_how", { least, most }) : this.t("selection_how_many");
    },
    focusName() {
      return this.t(this.view.round.problem_of_practice ? "problem_of_practice" : "focus");
    },
    focusOfRound() {
      if (["closed", "purged"].includes(this.view.stage)) return "";
      return this.view.round.problem_of_practice || this.view.round.focus_statements.join(" · ");
    },
    numbers() {
      const { stage, numbers } = this.view;
      if (this.part === "paused") return "";
      if (stage === "analysis" && numbers.unsorted) return this.t("unsorted_n", { n: numbers.unsorted });
      if (["screening", "red_dots", "analysis"].includes(stage)) return this.t("on_wall", { n: numbers.on_wall });
      return "";
    },
    qrBox() {
      return `0 0 ${this.view.join.modules} ${this.view.join.modules}`;
    },
    inAll() {
      const { numbers, patterns, theories } = this.view;
      return this.t("closed_counts", {
        notes: this.t("notes_n", { n: numbers.notes }),
        cards: this.t("cards", { n: numbers.on_wall }),
        patterns: this.t("patterns_n", { n: patterns.length }),
        theories: this.t("theories_n", { n: theories.length }),
      });
    },
    whatIsDeleted() {
      if (this.view.stage === "purged") return this.t("deleted");
      const days = this.view.round.days_kept ?? 30;
      return days ? this.t("deleted_in", { n: days }) : this.t("deleted_at_once");
    },
    canFill() {
      return !this.filled && document.fullscreenEnabled;
    },
  },
  methods: {
    card(id) {
      return this.view.cards.find((card) => card.id === id);
    },
    patternOf(id) {
      return this.view.patterns.find((pattern) => pattern.id === id);
    },
    prediction(id) {
      return this.known.get(id);
    },
    theory(id) {
      return this.known.get(id);
    },
    stepsOf(horizon, owner) {
      return this.view.next_steps.filter((step) => step.horizon === horizon && step.owner === owner);
    },
    restsOn(pattern) {
      if (!pattern) return "";
      return this.t("rests_on", { cards: this.t("cards", { n: pattern.cards }), visits: this.t("visits", { n: pattern.visits }) });
    },
    tag(card) {
      if (!card) return "";
      return [card.lens && this.lens(card.lens), card.late && this.t("late")].filter(Boolean).join(" · ");
    },
    at(place) {
      return { gridRow: place.row + " / span " + place.rows, gridColumn: place.column + " / span " + place.span };
    },
    barOf(id) {
      const most = Math.max(1, ...Object.values(this.view.vote.counts));
      return (100 * this.view.vote.counts[id]) / most + "%";
    },
    fill() {
      document.documentElement.requestFullscreen();
    },
  },
};
