// Pupils and tables by code, as the server reads them: A → Pupil A, t3 → Table 3, all → Whole class. Never a name.

const CODE = /^(?:(pupils?|p|table|t|group|g)\s*)?([a-z]|\d{1,2})$/i;
const KINDS = { p: "Pupil", t: "Table", g: "Group" };

// Return the code in its one writing, or null for what is none.
export function readCode(text) {
  const said = text.trim().replace(/\s+/g, " ");
  if (["all", "whole class", "class", "everyone"].includes(said.toLowerCase())) return "Whole class";
  const match = CODE.exec(said);
  if (!match) return null;
  const kind = (match[1] ?? (/\d/.test(match[2]) ? "t" : "p"))[0].toLowerCase();
  return `${KINDS[kind]} ${match[2].toUpperCase()}`;
}

// How a code stands on its pad: Pupil A is A, Table 3 is T3, the whole class is All.
export function shortOf(code) {
  return code.replace("Pupil ", "").replace("Table ", "T").replace("Whole class", "All");
}
