export { type AnswerParts, receiveAnswers, receiveMail } from "./receive.ts";
