export { default } from './CallPage.tsx'
