// The language of forms, for the server, the console and the portal: types, conditions, computed values, checks.
export * from './schema.ts'
export { conditionsOf, holds, isRequired, isVisible, visibleNames, visibleValue, withComputed, withDefaults } from './conditions.ts'
export { computed, ExpressionError, fieldsOfExpression, functionNames } from './expression.ts'
export { checkValues, type FormProblem, type ProblemCode } from './check.ts'
export { namedWords, shortWords } from './words.zh-CN.ts'
