// Intake as later domains see it: the ports that they implement and the events that they may follow.
export { answerByRequester, bulletinFigures, urgeByRequester, type BulletinAsk, type BulletinFigures, type RequesterAnswer } from './ports.ts'
export { seedCitizen } from './accounts/seed-citizen.ts'
export { seedPublications, type SeedPublication } from './publications/seed-publications.ts'
export { questionSources, type Question, type QuestionSource } from './questions/question-sources.ts'
export { appealSubmitted, orderRated } from './events.ts'
export { portalAddress } from './settings.ts'
