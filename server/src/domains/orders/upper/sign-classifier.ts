// A classifier trained on what people signed: how likely is it that an order of the upper platform belongs here (ORD-24). Pure.

export type Example = { features: readonly string[]; good: boolean }
/** How often a feature stood on orders that stayed, and on those that went back. */
export type Model = { good: number; bad: number; seen: Record<string, [number, number]> }

export type Signed = { upper_platform: string | null; dispatch_kind: string; appeal_type: string; urgency: string; category_id: string | null; matter_id: string | null; title: string }

/** `words` are the tokens of the title. */
export function featuresOf(order: Signed, words: readonly string[]): string[] {
  const set = (kind: string, value: string | null): string[] => (value === null ? [] : [`${kind}:${value}`])
  return [...new Set([...set('platform', order.upper_platform), ...set('kind', order.dispatch_kind), ...set('type', order.appeal_type), ...set('urgency', order.urgency), ...set('category', order.category_id), ...set('matter', order.matter_id), ...words.map((w) => `word:${w}`)])]
}

/** Features seen less often than this say nothing yet. */
const LEAST_SEEN = 3

export function train(examples: readonly Example[]): Model {
  const model: Model = { good: 0, bad: 0, seen: {} }
  for (const { features, good } of examples) {
    model[good ? 'good' : 'bad'] += 1
    for (const feature of features) {
      const counts = (model.seen[feature] ??= [0, 0])
      counts[good ? 0 : 1] += 1
    }
  }
  model.seen = Object.fromEntries(Object.entries(model.seen).filter(([, [a, b]]) => a + b >= LEAST_SEEN))
  return model
}

/** Naive Bayes with add-one counts; words are many and weak, so that together they weigh like one more field. */
export function probability(model: Model, features: readonly string[]): number {
  if (model.good + model.bad === 0) return 0
  let fields = 0
  let words = 0
  let told = 0
  for (const feature of features) {
    const counts = model.seen[feature]
    if (!counts) continue
    const weight = Math.log((counts[0] + 1) / (model.good + 2)) - Math.log((counts[1] + 1) / (model.bad + 2))
    if (feature.startsWith('word:')) {
      words += weight
      told += 1
    } else fields += weight
  }
  const prior = Math.log((model.good + 1) / (model.bad + 1))
  return 1 / (1 + Math.exp(-(prior + fields + (told === 0 ? 0 : words / told))))
}

type Trial = { tested: number; chosen: number; right: number }

/** Trained on the older four fifths, tried on the newest: how many it would have signed, and how many of these rightly. */
export function trial(examples: readonly Example[], threshold: number): Trial {
  const cut = Math.floor(examples.length * 0.8)
  const model = train(examples.slice(0, cut))
  const rest = examples.slice(cut)
  const chosen = rest.filter((one) => probability(model, one.features) >= threshold)
  return { tested: rest.length, chosen: chosen.length, right: chosen.filter((one) => one.good).length }
}
