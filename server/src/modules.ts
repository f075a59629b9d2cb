// The explicit list of domains, in order: a domain may import only domains above it, as its dependsOn says.
import type { Module } from './kernel/module.ts'

export const modules: Module[] = []
