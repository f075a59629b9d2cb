// The console speaks of errors in the words of the shared class.
export * from '../../../portal/src/kit/problem.ts'
