// Formulas over indicators: exact fractions from integer counts, rounded only when a value is shown. The language is that of processes
// (flow), its functions are those of figures. Nothing divided by zero, and nothing that lacks a part, has a value: it is null and shown as "–".
import Fraction from 'fraction.js'
import { ExpressionError, parseExpression, type Tree } from '../flow/index.ts'

export type Exact = Fraction | null
type Value = Exact | boolean

type Fn = { least: number; most: number; run: (args: Value[]) => Value }
const exact = (value: Value | undefined): Exact => (value instanceof Fraction ? value : null)
const exacts = (args: Value[]): Fraction[] | null => (args.every((a) => a instanceof Fraction) ? args : null)

const functions: Record<string, Fn> = {
  if: { least: 3, most: 3, run: ([test, yes, no]) => (typeof test === 'boolean' ? ((test ? yes : no) ?? null) : null) },
  min: { least: 1, most: 20, run: (args) => exacts(args)?.reduce((a, b) => (b.lt(a) ? b : a)) ?? null },
  max: { least: 1, most: 20, run: (args) => exacts(args)?.reduce((a, b) => (b.gt(a) ? b : a)) ?? null },
  abs: { least: 1, most: 1, run: ([one]) => exact(one)?.abs() ?? null },
  round: { least: 1, most: 2, run: ([one, places]) => (exact(one) ? halfUp(exact(one) as Fraction, Number((exact(places) ?? new Fraction(0)).valueOf())) : null) },
  coalesce: { least: 2, most: 20, run: (args) => args.find((a) => a !== null) ?? null },
  // band(x, 60, 1, 80, 2, 3): 1 below 60, 2 below 80, otherwise 3.
  band: { least: 4, most: 42, run: ([one, ...steps]) => banded(exact(one), steps) },
}
export const formulaFunctions = Object.keys(functions)

function banded(x: Exact, steps: Value[]): Value {
  if (x === null) return null
  for (let i = 0; i + 1 < steps.length; i += 2) {
    const limit = exact(steps[i])
    if (limit && x.lt(limit)) return steps[i + 1] ?? null
  }
  return steps.at(-1) ?? null
}

/** Rounded at `scale` decimal places, halves away from zero. */
export function halfUp(value: Fraction, scale: number): Fraction {
  const shifted = value.abs().mul(new Fraction(10n ** BigInt(scale)))
  const whole = shifted.add(new Fraction(1, 2)).floor(0)
  const rounded = whole.div(new Fraction(10n ** BigInt(scale)))
  return value.s < 0n ? rounded.neg() : rounded
}

/** As people read it: "93.20", rounded half up at `scale`; null stays null. */
export function decimal(value: Exact, scale: number): string | null {
  if (value === null) return null
  const rounded = halfUp(value, scale)
  const digits = rounded.abs().mul(new Fraction(10n ** BigInt(scale))).n.toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return rounded.s < 0n && /[1-9]/.test(text) ? `-${text}` : text
}

export type Formula = { names: string[]; run: (values: ReadonlyMap<string, Exact>) => Exact }

/** @throws ExpressionError with the place, for text that is no formula, for unknown functions and for parts that are no numbers. */
export function compileFormula(text: string): Formula {
  const tree = parseExpression(text)
  const names = new Set<string>()
  check(tree, names)
  if (booleans(tree)) throw new ExpressionError(tree.at, '公式的结果应为数值')
  return { names: [...names], run: (values) => exact(evaluate(tree, values)) }
}

const comparisons = new Set(['=', '!=', '<', '<=', '>', '>='])
const booleans = (tree: Tree): boolean => tree.kind === 'not' || (tree.kind === 'binary' && (comparisons.has(tree.op) || tree.op === 'and' || tree.op === 'or'))

function check(tree: Tree, names: Set<string>): void {
  switch (tree.kind) {
    case 'value':
      if (typeof tree.value !== 'number') throw new ExpressionError(tree.at, '公式里只能有数值和指标')
      return
    case 'name':
      names.add(tree.name)
      return
    case 'list':
      throw new ExpressionError(tree.at, '公式里不能有列表')
    case 'not':
    case 'minus':
      return check(tree.of, names)
    case 'call': {
      const fn = Object.hasOwn(functions, tree.name) ? functions[tree.name] : undefined
      if (!fn) throw new ExpressionError(tree.at, `没有函数“${tree.name}”，可用：${formulaFunctions.join('、')}`)
      if (tree.args.length < fn.least || tree.args.length > fn.most) throw new ExpressionError(tree.at, `函数“${tree.name}”需要 ${fn.least === fn.most ? fn.least : `${fn.least}—${fn.most}`} 个参数`)
      if (tree.name === 'if' && tree.args[0] && !booleans(tree.args[0])) throw new ExpressionError(tree.args[0].at, '“if”的第一个参数应为条件')
      return tree.args.forEach((arg) => check(arg, names))
    }
    case 'binary':
      if (tree.op === 'in' || tree.op === '%') throw new ExpressionError(tree.at, `公式里不能用“${tree.op}”`)
      check(tree.left, names)
      check(tree.right, names)
  }
}

function evaluate(tree: Tree, values: ReadonlyMap<string, Exact>): Value {
  switch (tree.kind) {
    case 'value':
      return typeof tree.value === 'number' ? new Fraction(String(tree.value)) : null
    case 'name':
      return values.get(tree.name) ?? null
    case 'list':
      return null
    case 'not': {
      const of = evaluate(tree.of, values)
      return typeof of === 'boolean' ? !of : null
    }
    case 'minus':
      return exact(evaluate(tree.of, values))?.neg() ?? null
    case 'call':
      return (functions[tree.name] as Fn).run(tree.args.map((arg) => evaluate(arg, values)))
    case 'binary':
      return binary(tree, values)
  }
}

function binary(tree: Extract<Tree, { kind: 'binary' }>, values: ReadonlyMap<string, Exact>): Value {
  const [a, b] = [evaluate(tree.left, values), evaluate(tree.right, values)]
  if (typeof a === 'boolean' && typeof b === 'boolean') return tree.op === 'and' ? a && b : tree.op === 'or' ? a || b : null
  if (!(a instanceof Fraction) || !(b instanceof Fraction)) return null
  switch (tree.op) {
    case '+': return a.add(b)
    case '-': return a.sub(b)
    case '*': return a.mul(b)
    case '/': return b.equals(0) ? null : a.div(b)
    case '=': return a.equals(b)
    case '!=': return !a.equals(b)
    case '<': return a.lt(b)
    case '<=': return a.lte(b)
    case '>': return a.gt(b)
    case '>=': return a.gte(b)
    default: return null
  }
}

/** The codes in an order in which every formula comes after its parts. @throws the circle's codes */
export function inOrder(codes: readonly string[], partsOf: (code: string) => readonly string[]): string[] {
  const done: string[] = []
  const path: string[] = []
  const visit = (code: string): void => {
    if (done.includes(code)) return
    if (path.includes(code)) throw new CircleError([...path.slice(path.indexOf(code)), code])
    path.push(code)
    for (const part of partsOf(code)) visit(part)
    path.pop()
    done.push(code)
  }
  for (const code of codes) visit(code)
  return done
}

export class CircleError extends Error {
  readonly codes: string[]
  constructor(codes: string[]) {
    super(codes.join(' → '))
    this.codes = codes
  }
}
