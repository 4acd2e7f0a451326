import { lettersOnly } from './letters.ts';
import type { Normaliser } from './normaliser.ts';

/** English words, titles and kinship terms that tell a gender. Letters only: `Mr.` and `ma'am` are looked up without marks. */
const words = {
  f: `f female woman women girl girlfriend gal lady ladies miss ms mrs missus madam madame maam mme
    mother mom mommy momma mum mummy mama mamma grandmother grandma granny stepmother daughter granddaughter stepdaughter
    sister stepsister aunt auntie aunty niece wife housewife bride fiancee widow godmother
    queen princess duchess countess baroness empress goddess dame mistress maiden maid lass lassie chick sis
    she her hers herself feminine womanly`,
  m: `m male man men boy boyfriend guy gentleman gentlemen gent sir mr mister master
    father dad daddy dada papa pa pop grandfather grandpa granddad stepfather son grandson stepson
    brother stepbrother bro uncle nephew husband househusband groom bridegroom fiance widower godfather
    king prince duke count baron emperor god lord knight lad laddie chap fellow bloke dude
    he him his himself masculine manly`,
} as const;

const genderByWord = new Map(
  Object.entries(words).flatMap(([gender, list]) => list.split(/\s+/).map((word) => [word, gender] as const)),
);

/** `f` or `m`. Meta knows no third value: anything else is left out. */
export const gender: Normaliser = (text) => genderByWord.get(lettersOnly(text));
