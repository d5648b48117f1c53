// An entry of each real kind, about things that are there or that its author made before.

import { time } from "./clock.mjs";

const VISITORS = ["Vera", "Walter", "Wilma", "Winston"];

// A second of the lesson, with the start that it counts from or typed without one.
function second({ dice, world }) {
  if (dice.chance(0.3)) return { second: String(dice.from(0, 3000)) };
  const passed = Math.floor((time.now - Date.parse(world.started)) / 1000);
  return { second: String(Math.max(0, passed)), since: world.started };
}

function facts({ dice }) {
  return { visibility: dice.one(["me", "specialist", "group"]), state: dice.one(["draft", "final"]) };
}

export const WRITE = {
  mark({ dice, world }) {
    const visitor = dice.one([null, null, ...VISITORS]);
    const who = visitor ? { visitor, school: world.school } : { person: world.people.neighbour };
    const fields = { session: world.session, ...who, status: dice.one(["present", "absent", "apologies"]) };
    return { kind: "sessions.mark", fields, thing: `mark ${world.session}/${visitor ?? who.person}` };
  },

  note: (w) => ({ kind: "sessions.note", fields: { session: w.world.session, words: w.text("Note") } }),
  decide: (w) => ({ kind: "sessions.decide", fields: { session: w.world.session, words: w.text("Codes") } }),

  summarise(w) {
    const older = w.all("sessions.summarise");
    const after = older.length && w.dice.chance(0.7) ? w.dice.one(older).id : "";
    return { kind: "sessions.summarise", fields: { session: w.world.session, words: w.text("Summary"), after } };
  },

  notice(w) {
    const fields = { lesson: w.world.lesson, code: w.dice.one(["Pupil A", "Pupil B", "Table 3"]), words: w.text("Saw") };
    if (w.dice.chance(0.5)) fields.predicted = w.dice.one(w.world.predicted);
    if (w.dice.chance(0.5)) Object.assign(fields, second(w));
    if (w.dice.chance(0.3)) fields.tags = [w.world.tags[0]];
    return { kind: "lessons.notice", fields };
  },

  phase(w) {
    const phase = w.dice.one(["whole class", "pairs", "groups"]);
    return { kind: "lessons.mark_phase", fields: { lesson: w.world.lesson, phase, ...second(w) } };
  },

  words(w, who) {
    const noticing = w.own(who, "lessons.notice")?.id;
    const older = w.all("lessons.add_words").filter((one) => one.fields.noticing === noticing);
    const after = older.length && w.dice.chance(0.7) ? w.dice.one(older).id : "";
    return noticing && { kind: "lessons.add_words", fields: { noticing, words: w.text("Words later"), after } };
  },

  stand(w, who) {
    const noticing = w.own(who, "lessons.notice")?.id;
    const kind = w.dice.one(["lessons.withdraw_noticing", "lessons.restore_noticing"]);
    return noticing && { kind, fields: { noticing }, thing: `stand ${noticing}` };
  },

  tag(w, who) {
    const noticing = w.own(who, "lessons.notice")?.id;
    const tags = w.world.tags.slice(0, w.dice.from(0, 2));
    return noticing && { kind: "lessons.tag", fields: { noticing, tags }, thing: `tags ${noticing}` };
  },

  begin(w) {
    const fields = { session: w.world.session, words: w.text("I"), after: "", ...facts(w) };
    return { kind: "reflections.write", fields };
  },

  reflect(w, who) {
    const older = w.dice.chance(0.6) && w.own(who, "reflections.write");
    if (!older) return null;
    const reflection = older.fields.reflection ?? older.id;
    const fields = { reflection, after: older.id, words: w.text("I"), ...facts(w) };
    return { kind: "reflections.write", fields, thing: `reflection ${reflection}` };
  },

  giveBack(w, { name }) {
    const went = w.dice.one(["did it", "did part", "not yet"]);
    return { kind: "tasks.return", fields: { gap_task: w.world.tasks[name], went, words: w.text("Tried") } };
  },

  work(w, { name }) {
    const about = { school_in_group: w.world.schools[name], on_day: w.world.day, kind: "staff meeting", colleagues: "9" };
    return { kind: "tasks.did_at_school", fields: { ...about, words: w.text("Cards") } };
  },

  // What the server must refuse: a note that is not theirs to write, ever; or a name where a code belongs.
  wrong(w, { name }) {
    if (name === "neighbour") return { ...WRITE.note(w), wrong: true, mended: null };
    const { kind, fields } = WRITE.notice(w);
    return { kind, fields: { ...fields, code: "Emily Carter" }, wrong: true, mended: fields };
  },
};
