// A promise nobody waits for loses its error. Each statement that is a promise must be awaited, returned, or marked `void`.
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

const projects = ['server', 'switch', 'console', 'portal', 'tools', 'bench', 'e2e']

export function floatingPromises(root: string): string[] {
  return projects.flatMap((project) => {
    const config = join(root, project, 'tsconfig.json')
    if (!existsSync(config)) return []
    const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, join(root, project))
    const program = ts.createProgram(parsed.fileNames, { ...parsed.options, incremental: false, noEmit: true })
    const checker = program.getTypeChecker()
    const found: string[] = []
    for (const source of program.getSourceFiles()) {
      if (source.isDeclarationFile || source.fileName.includes('node_modules') || source.fileName.endsWith('.gen.ts')) continue
      const visit = (node: ts.Node): void => {
        if (ts.isExpressionStatement(node) && floats(node.expression, checker)) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart())
          found.push(`${relative(root, source.fileName)}:${line + 1}: ${node.getText().split('\n')[0]?.slice(0, 100)}`)
        }
        ts.forEachChild(node, visit)
      }
      visit(source)
    }
    return found
  })
}

/** Calls whose type has `then` and that end neither in `.catch(…)` nor in a two-armed `.then(…, …)`. */
function floats(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isCallExpression(expression)) return false
  const type = checker.getTypeAtLocation(expression)
  if (!type.getProperty('then') || !type.getProperty('catch')) return false
  const callee = expression.expression
  if (!ts.isPropertyAccessExpression(callee)) return true
  return !(callee.name.text === 'catch' || (callee.name.text === 'then' && expression.arguments.length === 2))
}
