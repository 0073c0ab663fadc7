// validate.mjs yaml FILE…        each file as npm's YAML 1.2 reader sees it
// validate.mjs kubernetes FILE…  each object against the published models:
//                                types, required fields, unknown fields
// Prints one JSON object: {"FILE": {"documents": […], "problems": […]}}.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

// Who publishes the models of a group; every other group is Kubernetes' own.
const publishers = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

/// A view of a value that remembers which keys were asked for. The models'
/// validators read every field they know, so a key nobody asked for is unknown.
function watched(value, path, seen) {
  if (value === null || typeof value !== 'object') return value;
  const inner = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === 'symbol') return target[key];
      if (!seen.has(path)) seen.set(path, { target, keys: new Set() });
      seen.get(path).keys.add(key);
      if (!Object.hasOwn(target, key)) return target[key];
      if (!inner.has(key)) inner.set(key, watched(target[key], `${path}/${key}`, seen));
      return inner.get(key);
    },
  });
}

function unknownFields(seen) {
  const problems = [];
  for (const [path, { target, keys }] of seen) {
    if (Array.isArray(target)) continue;
    for (const key of Object.keys(target)) if (!keys.has(key)) problems.push(`${path}/${key}: unknown field`);
  }
  return problems;
}

async function judge(object) {
  const where = `${object.kind} ${object.metadata?.name}`;
  if (object.apiVersion?.startsWith('kustomize.config.k8s.io/')) return [];
  let models;
  try {
    models = await import(`${publishers[object.apiVersion?.split('/')[0]] ?? 'kubernetes-models'}/${object.apiVersion}`);
  } catch {
    return [`${where}: unknown apiVersion ${object.apiVersion}`];
  }
  const Model = models[object.kind];
  if (!Model) return [`${where}: ${object.apiVersion} has no kind ${object.kind}`];
  const seen = new Map();
  const problems = [];
  try {
    const { apiVersion, kind, ...rest } = object;
    const model = new Model(rest);
    for (const key of Object.keys(rest)) model[key] = watched(rest[key], `/${key}`, seen);
    model.validate();
  } catch (error) {
    problems.push(error.message);
  }
  return [...problems, ...unknownFields(seen)].map((problem) => `${where}: ${problem}`);
}

const [task, ...files] = process.argv.slice(2);
const result = {};
for (const file of files) {
  const documents = [];
  const problems = [];
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.2', strict: true })) {
    for (const problem of [...(document.errors ?? []), ...(document.warnings ?? [])]) problems.push(problem.message.split('\n')[0]);
    const value = document.toJS?.();
    documents.push(value);
    if (task === 'kubernetes' && value) problems.push(...(await judge(value)));
  }
  result[file] = { documents, problems };
}
console.log(JSON.stringify(result));
