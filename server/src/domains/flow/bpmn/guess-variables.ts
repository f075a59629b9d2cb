// Files of other tools do not declare variables: each unknown name gets the type that it is used with first.
import type { Tree } from '../expression.ts'
import { compileExpression } from '../expression-value.ts'
import type { Graph, VariableType } from '../graph.ts'

const MAX_GUESSED = 30

export function guessVariables(graph: Graph): Graph {
  const declared = new Set((graph.variables ?? []).map((one) => one.name))
  const found = new Map<string, VariableType>()
  for (const { condition } of graph.edges) if (condition) for (const [name, type] of usesIn(condition)) if (!declared.has(name) && !found.has(name)) found.set(name, type)
  if (found.size === 0 || found.size > MAX_GUESSED) return graph
  return { ...graph, variables: [...(graph.variables ?? []), ...[...found].map(([name, type]) => ({ name, label: name, type }))] }
}

function usesIn(text: string): [string, VariableType][] {
  const uses: [string, VariableType][] = []
  try {
    visit(compileExpression(text).tree, 'boolean', uses)
  } catch {
    // The check tells what is wrong with it.
  }
  return uses
}

function visit(tree: Tree, wanted: VariableType, uses: [string, VariableType][]): void {
  switch (tree.kind) {
    case 'name':
      uses.push([tree.name, wanted])
      break
    case 'not':
      visit(tree.of, 'boolean', uses)
      break
    case 'minus':
      visit(tree.of, 'number', uses)
      break
    case 'call':
      for (const arg of tree.args) visit(arg, ['contains', 'startsWith', 'len', 'empty'].includes(tree.name) ? 'text' : 'number', uses)
      break
    case 'binary': {
      const { op, left, right } = tree
      const type = op === 'and' || op === 'or' ? 'boolean' : ['+', '-', '*', '/', '%'].includes(op) ? 'number' : (literalType(left, op) ?? literalType(right, op) ?? (op === '=' || op === '!=' ? 'text' : 'number'))
      visit(left, type, uses)
      visit(right, type, uses)
    }
  }
}

function literalType(tree: Tree, op: string): VariableType | undefined {
  if (tree.kind === 'list') return tree.items[0] && literalType(tree.items[0], op)
  if (tree.kind !== 'value' || tree.value === null) return undefined
  if (typeof tree.value !== 'string') return typeof tree.value === 'number' ? 'number' : 'boolean'
  return ['<', '<=', '>', '>='].includes(op) ? 'date' : 'text'
}
