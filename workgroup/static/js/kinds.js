// How an entry is spoken of: the words for its kind, and what of it is worth reading at a glance.

const KINDS = {
  "sessions.mark": "Register", "sessions.unmark": "Register tap taken back", "sessions.note": "Note", "sessions.decide": "Decision", "sessions.summarise": "Summary",
  "lessons.notice": "Moment", "lessons.add_words": "Words for a moment", "lessons.tag": "Tags of a moment",
  "lessons.flag": "Flag on a moment",
  "lessons.withdraw_noticing": "Moment taken away", "lessons.restore_noticing": "Moment brought back",
  "lessons.mark_phase": "Phase", "lessons.discuss": "Discussion note", "lessons.step": "Step of the discussion", "lessons.start": "The lesson starts",
  "lessons.withdraw_start": "Start taken back",
  "lessons.restore_start": "Start brought back",
  "lessons.photo": "Photo", "lessons.sketch": "Sketch", "lessons.withdraw_sketch": "Sketch taken away", "tasks.return": "Gap task", "tasks.did_at_school": "We did this at school",
  "reflections.write": "Reflection", "visits.note": "Visit note", "visits.add_words": "Words for a visit note",
  "visits.withdraw_note": "Visit note taken away", "visits.restore_note": "Visit note brought back",
  "lessons.withdraw_photo": "Photo taken away", "tasks.photo": "Photo", "tasks.withdraw_photo": "Photo taken away",
  "tablet.try": "Trial entry", "tablet.withdraw_try": "Trial entry taken back",
};
const STATUSES = { present: "here", apologies: "apologies", absent: "no word", "not expected": "not expected" };

export function kindOf(entry) {
  return KINDS[entry.kind] ?? "Entry";
}

export function saidIn({ kind, fields, page }) {
  if (kind === "sessions.unmark") return page?.who ?? "";
  if (kind === "sessions.mark") return [page?.who ?? fields.visitor, STATUSES[fields.status]].filter(Boolean).join(": ");
  return [fields.code ?? fields.year_group, fields.words ?? fields.described ?? fields.phase ?? fields.went].filter(Boolean).join(": ");
}
