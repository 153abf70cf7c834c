/*
 * Lets Postman's generators write samples.
 *
 *   node generate.mjs COLLECTION OUTPUT LANGUAGE/VARIANT …
 *
 * The collection has no variables any more, and its auth stands in headers and query: the app hands a request over like
 * that. Writes JSON: {"python/requests": {"Name of an item": {"code": "…"} or {"error": "…"}}}.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const modules = path.resolve(process.env.CODEGEN_MODULES);
const load = createRequire(path.join(modules, 'postman-code-generators', 'package.json'));
const { convert } = load('postman-code-generators');
const { Request } = load('postman-collection');

const [collectionFile, outputFile, ...kinds] = process.argv.slice(2);
const collection = JSON.parse(readFileSync(collectionFile, 'utf8'));
const options = { followRedirect: true, trimRequestBody: false, requestTimeout: 30000, requestBodyTrim: false };
const made = {};

for (const kind of kinds) {
    const [language, variant] = kind.split('/');
    made[kind] = {};
    for (const item of collection.item) {
        try {
            convert(language, variant, new Request(item.request), options, (error, code) => {
                made[kind][item.name] = error ? { error: String(error.message ?? error) } : { code };
            });
        } catch (error) {
            made[kind][item.name] = { error: String(error.message ?? error) };
        }
    }
}
writeFileSync(outputFile, JSON.stringify(made));
