// Fields that are kept while one types. A cell knows its `text`, the `base` that the server holds as far as this screen
// has seen, and what became of the last sending. Sending compares and sets, so sending again does no harm.
const AGAIN_AFTER = 4000;
const PAUSE = 700;
// What does not fit is said by the server and stays to be shortened; cut is only what no message could carry.
const LONGEST = 20000;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const copy = (value) => (Array.isArray(value) ? [...value] : value);

export default {
  emits: ["edited", "add", "taken-out"],
  props: ["name", "first", "table", "caption", "adding", "add", "removing", "texts"],
  template: `
<div class="plan-sheet" :class="table ? 'as-table' : 'as-form'">
  <div v-for="(one, i) in lost" :key="'lost' + i" class="plan-lost" role="alert">
    <p>{{ t("lost", { label: one.label }) }}</p><p dir="auto"><q>{{ one.text }}</q></p>
    <button type="button" @click="lost.splice(i, 1)">{{ texts.dismiss }}</button>
  </div>

  <div v-if="!table && list.length" class="plan-form">
    <div v-for="column in fields" :key="column.field" class="plan-field" :class="[column.kind, column.width]">
      <template v-if="column.kind === 'ticks' || column.kind === 'radio'">
        <fieldset :disabled="!open">
          <legend>{{ column.label }}</legend>
          <p v-if="column.hint" class="hint" :id="id(list[0], column) + '-hint'">{{ column.hint }}</p>
          <label v-for="choice in column.choices" :key="choice[0]" class="tick">
            <input v-if="column.kind === 'ticks'" type="checkbox" :value="choice[0]" v-model="cell(list[0], column).text" @change="send(list[0], column)">
            <input v-else type="radio" :name="id(list[0], column)" :value="choice[0]" v-model="cell(list[0], column).text" @change="send(list[0], column)">
            <span>{{ choice[1] }}</span>
          </label>
        </fieldset>
      </template>
      <template v-else>
        <label :for="id(list[0], column)">{{ column.label }}</label>
        <p v-if="column.hint" class="hint" :id="id(list[0], column) + '-hint'">{{ column.hint }}</p>
        <textarea v-if="column.kind === 'text'" v-bind="attributes(list[0], column)" v-model="cell(list[0], column).text" list="3"
          @input="typed(list[0], column)" @change="send(list[0], column)" @focus="focused(list[0], column)" @blur="left(list[0], column)"></textarea>
        <select v-else-if="column.kind === 'choice'" v-bind="attributes(list[0], column)" v-model="cell(list[0], column).text" @change="send(list[0], column)">
          <option v-for="choice in column.choices" :key="choice[0]" :value="choice[0]">{{ choice[1] }}</option>
        </select>
        <label v-else-if="column.kind === 'tick'" class="tick"><input type="checkbox" v-bind="attributes(list[0], column)" v-model="cell(list[0], column).text" @change="send(list[0], column)"></label>
        <input v-else v-bind="attributes(list[0], column)" v-model="cell(list[0], column).text"
          @input="typed(list[0], column)" @change="send(list[0], column)" @focus="focused(list[0], column)" @blur="left(list[0], column)"
          @keydown.enter="send(list[0], column)" @keydown.esc="back(list[0], column)">
      </template>
      <!-- Its place is always there: what moves between press and release of a button is not pressed. -->
      <p class="mark" :class="cell(list[0], column).state" :id="id(list[0], column) + '-mark'">{{ mark(list[0], column) }}</p>
      <div v-if="cell(list[0], column).state === 'changed'" class="both">
        <p>{{ texts.theirs }}: <q dir="auto">{{ shown(column, cell(list[0], column).theirs) }}</q></p>
        <button type="button" @click="takeTheirs(list[0], column)">{{ texts.take_theirs }}</button>
        <button type="button" @click="keepMine(list[0], column)">{{ texts.keep_mine }}</button>
      </div>
    </div>
  </div>

  <div v-if="table" class="plan-scroll">
    <table role="table">
      <caption v-if="caption">{{ caption }}</caption>
      <thead role="rowgroup"><tr role="row">
        <th v-for="column in fields" :key="column.field" role="columnheader" scope="col" :class="[column.kind, column.width]">{{ column.label }}</th>
        <th v-if="removing && open" role="columnheader" scope="col" class="actions"><span class="unseen">{{ texts.actions }}</span></th>
      </tr></thead>
      <tbody role="rowgroup">
        <tr v-for="(row, r) in list" :key="row.id" role="row" :data-row="row.id">
          <td v-for="(column, k) in fields" :key="column.field" role="cell" :class="[column.kind, column.width]">
            <span class="label" aria-hidden="true">{{ column.label }}</span>
            <span class="control">
              <select v-if="column.kind === 'choice'" v-bind="attributes(row, column)" v-model="cell(row, column).text" @change="send(row, column)">
                <option v-for="choice in column.choices" :key="choice[0]" :value="choice[0]">{{ choice[1] }}</option>
              </select>
              <label v-else-if="column.kind === 'tick'" class="tick"><input type="checkbox" v-bind="attributes(row, column)" v-model="cell(row, column).text" @change="send(row, column)"></label>
              <input v-else v-bind="attributes(row, column)" v-model="cell(row, column).text" :data-at="r + ':' + k"
                @input="typed(row, column)" @change="send(row, column)" @focus="focused(row, column)" @blur="left(row, column)"
                @keydown.enter.prevent="send(row, column); go(r + ($event.shiftKey ? -1 : 1), k)" @keydown.down.prevent="go(r + 1, k)" @keydown.up.prevent="go(r - 1, k)"
                @keydown.esc="back(row, column)">
            </span>
            <p v-if="trouble(row, column)" class="mark" :class="cell(row, column).state" :id="id(row, column) + '-mark'">{{ mark(row, column) }}</p>
            <div v-if="cell(row, column).state === 'changed'" class="both">
              <p>{{ texts.theirs }}: <q dir="auto">{{ shown(column, cell(row, column).theirs) }}</q></p>
              <button type="button" @click="takeTheirs(row, column)">{{ texts.take_theirs }}</button>
              <button type="button" @click="keepMine(row, column)">{{ texts.keep_mine }}</button>
            </div>
          </td>
          <td v-if="removing && open" role="cell" class="actions">
            <template v-if="row.removable && asking !== row.id"><button type="button" class="quiet" @click="ask(row)" :aria-label="t('remove_this', { label: row.label })"><span aria-hidden="true" class="sign">✕</span><span class="label">{{ texts.remove }}</span></button></template>
            <span v-if="asking === row.id" class="sure" role="group" :aria-label="t('sure', { label: row.label })">
              <span>{{ t("sure", { label: row.label }) }}</span>
              <button type="button" class="stop" ref="yes" @click="remove(row)">{{ texts.yes }}</button>
              <button type="button" @click="asking = null">{{ texts.no }}</button>
            </span>
          </td>
        </tr>
        <tr v-if="!list.length && !adding" role="row"><td role="cell" :colspan="fields.length" class="soft">{{ texts.empty }}</td></tr>
        <tr v-if="adding && open" class="fresh" role="row">
          <td v-for="(column, k) in fields" :key="column.field" role="cell" :class="[column.kind, column.width]">
            <template v-if="column.kind !== 'tick' && column.width !== 'given'">
              <span class="label" aria-hidden="true">{{ column.label }}</span>
              <span class="control">
                <select v-if="column.kind === 'choice'" v-model="fresh[column.field]" :aria-label="column.label + ', ' + texts.new">
                  <option v-for="choice in column.choices" :key="choice[0]" :value="choice[0]">{{ choice[1] }}</option>
                </select>
                <input v-else v-model="fresh[column.field]" :data-at="list.length + ':' + k" :data-fresh="k" :aria-label="column.label + ', ' + texts.new" :placeholder="column.example"
                  :inputmode="column.kind === 'number' ? 'numeric' : null" autocomplete="off" maxlength="20000" @keydown.enter.prevent="addRow" @keydown.up.prevent="go(list.length - 1, k)">
              </span>
            </template>
          </td>
          <td role="cell" class="actions"><button type="button" class="add" @click="addRow">{{ add }}</button></td>
        </tr>
      </tbody>
    </table>
    <p v-if="addSentence" class="mark refused" role="alert">{{ addSentence }}</p>
  </div>
  <p class="plan-status" role="status">{{ status }}</p>
</div>`,
  data() {
    const { rows, columns, changeable } = this.first;
    return { list: rows, fields: columns, open: changeable, cells: {}, lost: [], asking: null, fresh: {}, addSentence: "", at: "", n: 0, addN: 0, addTimer: null, focus: "" };
  },
  created() {
    this.meet();
    this.clearFresh();
  },
  mounted() {
    // What was typed before a reload and not answered goes out again.
    this.each((row, column) => this.dirty(this.cell(row, column)) && this.send(row, column));
  },
  computed: {
    status() {
      const states = Object.values(this.cells).map((cell) => cell.state);
      if (states.includes("waiting")) return this.texts.no_answer;
      if (states.includes("keeping")) return this.texts.keeping;
      if (states.includes("refused") || states.includes("changed")) return this.texts.not_kept;
      if (!this.open) return "";
      return this.at ? "✓ " + this.t("kept", { time: this.at }) : this.texts.at_once;
    },
  },
  methods: {
    t(key, values = {}) {
      return this.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    },
    key: (row, column) => row.id + "|" + column.field,
    id(row, column) {
      return this.name + "-" + row.id + "-" + column.field.replace(/\W/g, "-");
    },
    draft(row, column) {
      return "rounds:" + this.name + ":" + this.key(row, column);
    },
    each(act) {
      for (const row of this.list) for (const column of this.fields) act(row, column);
    },
    cell(row, column) {
      return this.cells[this.key(row, column)] ?? this.start(row, column);
    },
    start(row, column) {
      const held = row.values[column.field];
      const cell = { text: copy(held), base: copy(held), label: row.label, state: "", sentence: "", theirs: "", sent: null, n: 0, timer: null, pause: null };
      try {
        const kept = JSON.parse(sessionStorage.getItem(this.draft(row, column)));
        if (kept && !same(kept.text, held)) Object.assign(cell, { text: kept.text, base: kept.base });
      } catch { /* a browser without storage keeps no drafts */ }
      this.cells[this.key(row, column)] = cell;
      return this.cells[this.key(row, column)];
    },
    show(shown) {
      this.list = shown.rows;
      this.fields = shown.columns ?? this.fields;
      this.open = shown.changeable;
      this.meet();
    },
    meet() {
      const there = new Set();
      for (const row of this.list) {
        for (const column of this.fields) {
          there.add(this.key(row, column));
          const cell = this.cell(row, column);
          const held = row.values[column.field];
          cell.label = row.label;
          if (!same(cell.base, held) && !this.dirty(cell)) {
            cell.text = copy(held);
            cell.base = copy(held);
            if (cell.state === "kept") cell.state = "";
          }
        }
      }
      for (const [key, cell] of Object.entries(this.cells)) {
        if (there.has(key)) continue;
        if (this.dirty(cell) && typeof cell.text === "string" && cell.text.trim()) this.lost.push({ label: cell.label, text: cell.text });
        clearTimeout(cell.timer);
        clearTimeout(cell.pause);
        delete this.cells[key];
      }
    },
    dirty: (cell) => !same(cell.text, cell.base),
    attributes(row, column) {
      const cell = this.cell(row, column);
      const texty = !["choice", "tick"].includes(column.kind);
      const attributes = { id: this.id(row, column), "aria-invalid": ["refused", "changed"].includes(cell.state) || null, disabled: !this.open };
      const described = [column.hint && !this.table && this.id(row, column) + "-hint", (this.table ? this.trouble(row, column) : this.mark(row, column)) && this.id(row, column) + "-mark"].filter(Boolean);
      if (described.length) attributes["aria-describedby"] = described.join(" ");
      if (this.table) attributes["aria-label"] = column.label + ", " + row.label;
      if (texty) Object.assign(attributes, { autocomplete: "off", dir: "auto", placeholder: column.example || null });
      if (texty && column.kind !== "date") attributes.maxlength = LONGEST;
      if (column.kind === "number") attributes.inputmode = "numeric";
      if (column.kind === "date") attributes.type = "date";
      return attributes;
    },
    typed(row, column) {
      const cell = this.cell(row, column);
      this.remember(row, column);
      if (cell.state === "kept" || cell.state === "refused") cell.state = "";
      clearTimeout(cell.pause);
      // A number or a time that is half typed is another number; words are words.
      if (["line", "text"].includes(column.kind) && String(cell.text).trim()) cell.pause = setTimeout(() => this.send(row, column), PAUSE);
    },
    remember(row, column) {
      const cell = this.cell(row, column);
      try {
        if (this.dirty(cell)) sessionStorage.setItem(this.draft(row, column), JSON.stringify({ text: cell.text, base: cell.base }));
        else sessionStorage.removeItem(this.draft(row, column));
      } catch { /* as above */ }
    },
    focused(row, column) {
      this.focus = this.key(row, column);
    },
    left(row, column) {
      this.focus = "";
      const cell = this.cell(row, column);
      if (cell.state === "kept" && same(cell.text, cell.sent)) cell.text = copy(cell.base);
    },
    send(row, column) {
      const cell = this.cell(row, column);
      clearTimeout(cell.pause);
      this.remember(row, column);
      if (!this.dirty(cell)) {
        if (["refused", "changed"].includes(cell.state)) cell.state = "";
        return;
      }
      if (cell.state === "changed" && same(cell.text, cell.sent)) return; // waits for a choice
      if (["keeping", "waiting"].includes(cell.state)) return; // what is under way is answered first
      this.n += 1;
      Object.assign(cell, { state: "keeping", sent: copy(cell.text), n: this.n, sentence: "" });
      const message = { row: row.id, field: column.field, value: cell.sent, seen: copy(cell.base), n: cell.n };
      this.$emit("edited", message);
      clearInterval(cell.timer);
      cell.timer = setInterval(() => {
        cell.state = "waiting";
        this.$emit("edited", message);
      }, AGAIN_AFTER);
    },
    answered(answer) {
      const row = this.list.find((one) => one.id === answer.row) ?? { id: answer.row, values: {} };
      const column = this.fields.find((one) => one.field === answer.field);
      const cell = column && this.cells[this.key(row, column)];
      if (!cell || cell.n !== answer.n) return;
      clearInterval(cell.timer);
      cell.state = answer.state;
      cell.sentence = answer.sentence ?? "";
      if (answer.state === "kept") {
        this.at = answer.at;
        cell.base = copy(answer.value);
        if (!same(cell.text, cell.sent)) this.send(row, column);
        else if (this.focus !== this.key(row, column)) cell.text = copy(answer.value);
      } else if (answer.state === "changed") {
        cell.theirs = answer.theirs;
      }
      this.remember(row, column);
    },
    takeTheirs(row, column) {
      const cell = this.cell(row, column);
      Object.assign(cell, { text: copy(cell.theirs), base: copy(cell.theirs), state: "" });
      this.remember(row, column);
    },
    keepMine(row, column) {
      const cell = this.cell(row, column);
      Object.assign(cell, { base: copy(cell.theirs), state: "" });
      this.send(row, column);
    },
    back(row, column) {
      const cell = this.cell(row, column);
      if (["keeping", "waiting"].includes(cell.state)) return;
      clearTimeout(cell.pause);
      Object.assign(cell, { text: copy(cell.base), state: "" });
      this.remember(row, column);
    },
    mark(row, column) {
      const cell = this.cell(row, column);
      if (cell.state === "kept") return "✓ " + this.t("kept", { time: this.at });
      if (cell.state === "keeping") return this.texts.keeping;
      if (cell.state === "waiting") return this.texts.no_answer;
      return cell.state ? "⚠ " + cell.sentence : "";
    },
    trouble(row, column) {
      return ["refused", "changed", "waiting"].includes(this.cell(row, column).state);
    },
    shown(column, value) {
      if (column.choices.length) {
        const names = [].concat(value).map((one) => (column.choices.find((choice) => choice[0] === one) ?? [one, one])[1]);
        return names.join(" · ") || this.texts.nothing;
      }
      return [].concat(value).join(" / ") || this.texts.nothing;
    },
    go(r, k) {
      this.$el.querySelector('[data-at="' + r + ":" + k + '"]')?.focus();
    },
    ask(row) {
      this.asking = row.id;
      this.$nextTick(() => [].concat(this.$refs.yes ?? [])[0]?.focus());
    },
    remove(row) {
      this.asking = null;
      this.$emit("taken-out", { row: row.id });
    },
    clearFresh() {
      this.fresh = Object.fromEntries(this.fields.map((column) => [column.field, ""]));
    },
    addRow() {
      if (this.addN) return; // what is under way is answered first
      this.n += 1;
      this.addN = this.n;
      this.addSentence = "";
      const message = { values: { ...this.fresh }, n: this.n };
      this.$emit("add", message);
      // It goes out again until it is answered; the server adds what has one number once.
      clearInterval(this.addTimer);
      this.addTimer = setInterval(() => {
        this.addSentence = this.texts.no_answer;
        this.$emit("add", message);
      }, AGAIN_AFTER);
    },
    added(answer) {
      if (answer.n !== this.addN) return;
      clearInterval(this.addTimer);
      this.addN = 0;
      this.addSentence = answer.ok ? "" : "⚠ " + answer.sentence;
      if (!answer.ok) return;
      this.at = answer.at;
      this.clearFresh();
      this.$nextTick(() => this.$el.querySelector("[data-fresh]")?.focus());
    },
  },
};
