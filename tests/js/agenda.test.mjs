import assert from "node:assert/strict";
import { test } from "node:test";

import { placeAt } from "../../workgroup/static/js/agenda.js";

test("a block dropped above, between and below the others goes there", () => {
  const others = [100, 200, 300];
  assert.equal(placeAt(others, 20), 1);
  assert.equal(placeAt(others, 150), 2);
  assert.equal(placeAt(others, 299), 3);
  assert.equal(placeAt(others, 400), 4);
  assert.equal(placeAt([], 10), 1);
});
