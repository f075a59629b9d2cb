// Texts are resource objects typed by key; a text with {name} cannot be used without its parameter.

type ParamsOf<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | ParamsOf<Rest> : never
type ArgsOf<S extends string> = [ParamsOf<S>] extends [never] ? [] : [params: Record<ParamsOf<S>, string | number>]

export type Translate<R extends Record<string, string>> = <K extends keyof R & string>(key: K, ...args: ArgsOf<R[K]>) => string

/** Makes the `t` of a resource: `const t = defineTexts(zh)`; `t('rows', { n: 3 })`. */
export function defineTexts<const R extends Record<string, string>>(resource: R): Translate<R> {
  return (key, ...args) => {
    const params: Record<string, string | number> = { ...args[0] }
    const text: string = resource[key] ?? key
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
  }
}
