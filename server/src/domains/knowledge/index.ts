// Knowledge as later domains see it: quoting an exact version, and searching for somebody.
export { cite, citationsOf, type Citation, type CitationInput } from './cite/citations.ts'
export { citation, citationInput } from './cite/cite-contract.ts'
export { openPublic, publicCategories, searchPublic, type PublicItem, type PublicLine } from './public/public-knowledge.ts'
export type { Doc } from './document.ts'
export { document } from './document.ts'
export { knowledgePublished } from './events.ts'
export { seedKnowledge, type KnowledgeSeed, type SeedKnowledge } from './seed.ts'
