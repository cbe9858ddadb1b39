import { writeJson, type JsonValue } from '../../erlang/json.js';
import { parseJson } from '../../erlang/parse-json.js';
import type { JsonText } from '../route.js';

/** JSON that keeps integers beyond 2^53 and tells 1.0 from 1, as Erlang does. */
export const losslessJson: JsonText = {
  parse: (text) => parseJson(text),
  stringify: (body) => writeJson(body as JsonValue),
};
