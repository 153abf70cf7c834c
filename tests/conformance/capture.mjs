/*
 * Runs newman over a collection and writes what it sends, a JSON line for each request.
 *
 *   node capture.mjs COLLECTION OUTPUT [--environment FILE] [--fill] [--freeze]
 *
 *   --fill    undefined or empty variables and path variables get made-up values
 *   --freeze  dynamic variables ({{$guid}} …) get the same value each time
 *
 * The first line ("meta") holds the values that were given. "request" lines hold what stood on the wire, "unsent"
 * lines say what newman could not send. Scripts are not run and redirects not followed. Nothing leaves this
 * machine: every connection, encrypted or not, is made to a server of our own on the loopback interface.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const modules = path.resolve(process.env.NEWMAN_MODULES ?? 'node_modules');
const load = createRequire(path.join(modules, 'newman', 'package.json'));
const newman = load('newman');
const { version } = load('newman/package.json');
const dynamic = createRequire(load.resolve('postman-collection/package.json'))('./lib/superstring/dynamic-variables.js');

const PLACEHOLDER = /\{\{([^{}]*?)\}\}/g;
const EMPTY = [undefined, null, ''];
const FROZEN = {
    $guid: '00000000-0000-4000-8000-000000000000', $randomUUID: '00000000-0000-4000-8000-000000000000',
    $timestamp: '1700000000', $isoTimestamp: '2023-11-14T22:13:20.000Z', $randomInt: '42', $randomBoolean: 'true'
};
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}';

const read = (file) => JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
const [collectionFile, outputFile, ...rest] = process.argv.slice(2);
const has = (flag) => rest.includes(flag);
const environmentFile = has('--environment') ? rest[rest.indexOf('--environment') + 1] : null;

/** Every request item in document order, with the names that lead to it. */
function* items(node, trail = []) {
    for (const [number, child] of (node.item ?? []).entries()) {
        const here = [...trail, child.name === undefined ? `#${number}` : String(child.name)];
        if (child.item) yield* items(child, here);
        else yield [child, here];
    }
}

function withoutScripts(node) {
    delete node.event;
    for (const child of node.item ?? []) withoutScripts(child);
}

/** Names of all variables that stand in a value; saved answers and descriptions are never sent. */
function* names(value) {
    if (typeof value === 'string') for (const found of value.matchAll(PLACEHOLDER)) yield found[1];
    else if (value && typeof value === 'object') {
        for (const [key, inner] of Object.entries(value)) {
            if (key !== 'response' && key !== 'description') yield* names(inner);
        }
    }
}

/** The variable with which the URL of a request begins. */
function head(request) {
    const url = typeof request === 'string' ? request : request?.url;
    const host = Array.isArray(url?.host) ? url.host.join('.') : url?.host;
    const text = typeof url === 'string' ? url : url?.protocol ? '' : host ?? '';
    return /^\s*\{\{([^{}]*?)\}\}/.exec(text)?.[1];
}

const document = read(collectionFile);
const collection = document.collection && !document.item ? document.collection : document;
withoutScripts(collection);
const all = [...items(collection)];

let environment = environmentFile ? read(environmentFile) : { values: [] };
environment = environment.environment ?? environment;
// The app honours `enabled: false`, this version of newman does not.
environment.values = (environment.values ?? []).filter((entry) => entry.enabled !== false);

const known = new Map();
for (const entry of collection.variable ?? []) if (entry && !entry.disabled) known.set(entry.key ?? entry.id, entry.value);
for (const entry of environment.values) known.set(entry.key, entry.value);

const given = {};
if (has('--fill')) {
    const heads = new Set(all.map(([item]) => head(item.request)));
    for (const name of names(collection)) {
        if (name.startsWith('$') || !EMPTY.includes(known.get(name))) continue;
        given[name] = heads.has(name)
            ? `https://${name.replace(/[^A-Za-z0-9-]/g, '-').toLowerCase()}.test`
            : `v_${name.replace(/[^A-Za-z0-9_.-]/g, '_')}`;
    }
    for (const [item] of all) {
        for (const entry of item.request?.url?.variable ?? []) {
            if (entry && EMPTY.includes(entry.value)) entry.value = `p_${entry.key ?? entry.id}`;
        }
    }
}
environment.values = environment.values.filter((entry) => !(entry.key in given))
    .concat(Object.entries(given).map(([key, value]) => ({ key, value })));
const fixed = has('--freeze')
    ? { ...Object.fromEntries(Object.keys(dynamic).map((name) => [name, `D${name.slice(1)}`])), ...FROZEN }
    : {};

const lines = [{
    kind: 'meta', collection: path.basename(collectionFile), environment: environmentFile && path.basename(environmentFile),
    newman: version, items: all.length, fillPath: has('--fill'), vars: given, fixed
}];
const attempts = new Map();
const failures = new Map();
let current = -1;
let scheme = 'http';

/** The body of a request once all of it has arrived, else null. */
function bodyOf(head, rest) {
    if (!/\r\ntransfer-encoding: *chunked/i.test(head)) {
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        return rest.length < length ? null : rest.subarray(0, length);
    }
    const chunks = [];
    for (let place = 0; ;) {
        const end = rest.indexOf('\r\n', place);
        const size = end < 0 ? NaN : parseInt(rest.toString('latin1', place, end), 16);
        if (Number.isNaN(size) || rest.length < end + 4 + size) return null;
        if (size === 0) return Buffer.concat(chunks);
        chunks.push(rest.subarray(end + 2, end + 2 + size));
        place = end + 4 + size;
    }
}

/** What newman draws at random, as zeros of the same length: a capture is the same each time. */
const steady = (text) => text.replace(/(-{26})\d{24}/g, `$1${'0'.repeat(24)}`)
    .replace(/^(Postman-Token: ).*$/mi, '$100000000-0000-4000-8000-000000000000');

function record(head, content) {
    const [first, ...fields] = steady(head).split('\r\n');
    const body = Buffer.from(steady(content.toString('latin1')), 'latin1');
    const headers = fields.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
    const attempt = attempts.get(current) ?? 0;
    attempts.set(current, attempt + 1);
    const isText = Buffer.from(body.toString('utf8')).equals(body);
    lines.push({
        kind: 'request', index: current, path: all[current]?.[1] ?? [], attempt,
        method: first.slice(0, first.indexOf(' ')), scheme,
        host: headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? null,
        target: first.slice(first.indexOf(' ') + 1, first.lastIndexOf(' ')),
        headers, body: isText ? body.toString('utf8') : null, body_b64: body.toString('base64')
    });
}

// Node's own parser refuses methods that it does not know, and requests without a host.
const server = net.createServer((socket) => {
    let data = Buffer.alloc(0);
    let done = false;
    socket.on('error', () => {});
    socket.on('data', (more) => {
        data = Buffer.concat([data, more]);
        const end = data.indexOf('\r\n\r\n');
        if (end < 0 || done) return;
        const text = data.toString('latin1', 0, end);
        const body = bodyOf(text, data.subarray(end + 4));
        if (body === null) return;
        done = true;
        record(text, body);
        socket.end(ANSWER);
    });
});

class Loopback extends http.Agent {
    constructor(name, port) {
        super({ keepAlive: false });
        this.protocol = `${name}:`;
        this.defaultPort = port;
        this.scheme = name;
    }

    createConnection() {
        scheme = this.scheme;
        return net.connect(server.address().port, '127.0.0.1');
    }
}

server.listen(0, '127.0.0.1', () => {
    const run = newman.run({
        collection, environment, globals: { values: Object.entries(fixed).map(([key, value]) => ({ key, value })) },
        requestAgents: { http: new Loopback('http', 80), https: new Loopback('https', 443) },
        ignoreRedirects: true, timeoutRequest: 10000, reporters: [], workingDir: path.dirname(path.resolve(collectionFile))
    }, (error) => {
        server.close();
        if (error) {
            console.error(String(error.stack ?? error));
            process.exitCode = 1;
            return;
        }
        for (const [index, [, trail]] of all.entries()) {
            if (!attempts.has(index)) lines.push({ kind: 'unsent', index, path: trail, error: failures.get(index) ?? null });
        }
        writeFileSync(outputFile, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
    run.on('beforeItem', () => { current += 1; });
    run.on('request', (error) => { if (error) failures.set(current, String(error.message ?? error)); });
});
