// Every text that a person reads goes through `_`; English is the source language and the key.
const catalogue = {};

/** The text in the phone's language, with {names} filled in. */
export function _(text, values = {}) {
  const said = catalogue[text] ?? text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `one` or `many`, whichever the language uses for n. */
export function ngettext(one, many, n, values = {}) {
  return _(n === 1 ? one : many, { n, ...values });
}

/** A lens in the words of the field. */
export function lensName(key) {
  const names = {
    teacher: _("Teacher"),
    students: _("Students"),
    task: _("Task"),
    curriculum: _("Curriculum"),
    teaching: _("Teaching"),
    learning: _("Learning"),
    assessment: _("Assessment"),
  };
  return names[key] ?? key;
}

/** 10:42, by this phone's clock; the rota is written in the same way. */
export function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The phone's own time with its offset: a label, it orders nothing. */
export function labelled(date = new Date()) {
  const minutes = -date.getTimezoneOffset();
  const pad = (n) => String(Math.abs(n)).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
  return new Date(date.getTime() + minutes * 60000).toISOString().slice(0, 19) + offset;
}
