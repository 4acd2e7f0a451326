/**
 * Words that programs and forms write where nobody is meant, in lower case, without the marks around them. As a match key
 * each of them would make one person of many. `na` is not among them: it is a name in Korea and the code of Namibia.
 */
export const nobodyWords: readonly string[] = [
  // Nothing, turned into text.
  ...['0', 'null', 'nil', 'undefined', 'none', 'nan', 'void', 'empty', 'blank', 'missing', 'unset', 'object object'],
  ...['object undefined', 'object null'],
  ...['no value', 'no data', 'novalue', 'nodata', 'nothing'],
  ...['n/a', 'n.a', 'n\\a', 'n / a', 'n. a', 'not available', 'not applicable', 'not set', 'not provided', 'not given'],
  ...['not specified', 'unspecified', 'not known', 'not found', 'none given', 'none provided'],
  // Nobody in particular.
  ...['unknown', 'unknown user', 'unknown person', 'unknown name', 'unknown city', 'unknown device', 'unidentified'],
  ...['guest', 'guest user', 'guest customer', 'guest checkout', 'guest visitor', 'anonymous', 'anonymous user'],
  ...['anonymous visitor', 'anonymous customer', 'anonymous guest', 'anon', 'nobody', 'no one', 'noone'],
  ...['no name', 'noname', 'no user', 'nouser', 'no id', 'noid', 'no email', 'noemail', 'no phone', 'nophone'],
  ...[
    'no city',
    'no address',
    'first name',
    'firstname',
    'last name',
    'lastname',
    'full name',
    'your name',
    'customer',
  ],
  ...['test user', 'test customer', 'user', '\\n', 'optional(nil', 'false', 'xxx', 'xxxx'],
  // The unknown, the anonymous and the missing one in other languages.
  ...['unbekannt', 'onbekend', 'okänd', 'ukendt', 'ukjent', 'tuntematon', 'inconnu', 'inconnue', 'desconocido'],
  ...['desconocida', 'desconhecido', 'desconhecida', 'sconosciuto', 'sconosciuta', 'nieznany', 'neznámý', 'ismeretlen'],
  ...['necunoscut', 'bilinmiyor', 'неизвестно', 'неизвестный', 'невідомо', 'άγνωστο', 'غير معروف', 'לא ידוע'],
  ...[
    'anonym',
    'anonyme',
    'anónimo',
    'anonimo',
    'anônimo',
    'anoniem',
    'анонимно',
    'аноним',
    '未知',
    '不明',
    '匿名',
    'ゲスト',
    '未設定',
  ],
  ...['名無し', '游客', '访客', '訪客', '无', '無', 'なし', '게스트', '알수없음', '알 수 없음', '익명'],
  ...[
    'sin nombre',
    'sem nome',
    'sans nom',
    'ohne namen',
    'no definido',
    'non renseigné',
    'nicht angegeben',
    'k.a',
    'k. a',
  ],
];

/** Words that are nobody's id, though a person may be called so. */
export const nobodyIds: readonly string[] = [
  ...['true', 'na', 'id', 'user id', 'userid', 'distinct id', 'distinctid', 'email'],
  ...['not authenticated', 'notauthenticated', 'unauthenticated', 'not logged in', 'notloggedin', 'logged out'],
  ...['infinity', 'inf', 'object', 'array', 'string', 'default', 'invalid', 'error'],
  ...['no', 'yes', 'dummy', 'tbd', 'visitor', 'shopper', 'someone', 'somebody', 'anybody'],
  ...['no user id', 'your user id', 'user name', 'username', 'customer id', 'customerid', 'client id', 'anonymous id'],
  ...['anonymousid', 'external id', 'nul', 'void 0', 'system.object', 'fbc', 'fbp', 'fbclid'],
  // Guests and nothing in other languages: some of these words are names as well.
  ...['gast', 'gäst', 'gjest', 'gæst', 'vieras', 'invité', 'invitée', 'invite', 'invitado', 'invitada', 'convidado'],
  ...['ospite', 'gość', 'misafir', 'гость', 'гост', 'гість', 'visiteur', 'visitante', 'besucher'],
  ...[
    'kein',
    'keine',
    'keiner',
    'niemand',
    'aucun',
    'aucune',
    'ninguno',
    'ninguna',
    'nenhum',
    'nessuno',
    'geen',
    'ingen',
  ],
  ...['brak', 'нет', 'немає', 'vacío', 'vazio', 'leer', 'vide', 'vuoto'],
  // What a spreadsheet writes where a formula fails.
  ...['ref', 'value', 'name', 'num', 'div/0'],
];

const words: ReadonlySet<string> = new Set(nobodyWords);
const wordsAndIds: ReadonlySet<string> = new Set(['', ...nobodyWords, ...nobodyIds]);

// `(none)`, `"null"`, `<unknown>`, `#N/A`, `N/A.`
const marksAround = /^[^\p{L}\p{N}\\/]+|[^\p{L}\p{N}\\/]+$/gu;
const gaps = /[\s_-]+/g;
const zerosAndMarks = /^[0\s.:+(){}-]+$/;
/** A template that nobody filled in: `{{user.id}}`, `${id}`, `%%email%%`, `__IDFA__`, `%s`. */
const placeholder = /^(?:%[sd@]|\{\{[^{}]*\}\}|\$\{[^{}]*\}|%%?[^%]*%%?|__[A-Z_]+__)$/;

/**
 * Whether a text means nobody: a word that stands for nothing, in any case and with marks around it, only zeros
 * (`0`, `00000000-0000-0000-0000-000000000000`), or a template's placeholder.
 *
 * @param text trimmed; of a long one only the first characters are looked at
 */
export const isNobody = (text: string): boolean => !isPlainlySomebody(text) && meansNobody(text, words);

/** {@link isNobody}, and what is nobody's id though it may be a name: `true`, `-1`, `user`, marks alone. */
export const isNobodysId = (text: string): boolean =>
  text === '-1' || (!isPlainlySomebody(text) && meansNobody(text, wordsAndIds));

/** The rule. */
export function meansNobody(text: string, known: ReadonlySet<string>): boolean {
  if (text.length > longestMarked) return text.length <= longestZeros && isOnlyZeros(text);
  const word = text.toLowerCase().replace(marksAround, '').replace(gaps, ' ');
  return known.has(word) || isRepeated(word, known) || isOnlyZeros(text) || placeholder.test(text);
}

/** Two values that nobody gave, put together: `null null`, `undefined,undefined`. */
function isRepeated(text: string, known: ReadonlySet<string>): boolean {
  const half = text.length >> 1;
  const mark = text.charAt(half);
  if (text.length < 5 || text.length % 2 === 0 || (mark !== ' ' && mark !== ',' && mark !== '.')) return false;
  const word = text.slice(0, half);
  return text.endsWith(word) && known.has(word);
}

/**
 * Fast twin of {@link meansNobody}, since every id, name and user agent is asked: true for most that mean somebody, false
 * where it takes a closer look.
 */
export function isPlainlySomebody(text: string): boolean {
  const { length } = text;
  if (length > longestMarked) return length > longestZeros || !mayBegin(text.charCodeAt(0));
  let isWord = true;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    // No word holds a digit other than zero, nearly every id does. Of what does, only templates mean nobody.
    if (code > zero && code <= nine) return !mayBegin(text.charCodeAt(0));
    isWord &&= isLetter(code);
  }
  return isWord && length > 0 && ((wordLengths[text.charCodeAt(0) & 0x1f] as number) & (1 << length)) === 0;
}

// Character codes.
const zero = 48;
const nine = 57;

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

/** Whether zeros with marks around them, or a template, may begin with a character. */
const mayBegin = (code: number): boolean => code <= zero || !(code <= nine || isLetter(code));

const isOnlyZeros = (text: string): boolean => zerosAndMarks.test(text) && text.includes('0');

const longestWord = Math.max(...[...nobodyWords, ...nobodyIds].map((word) => word.length));
/** Room for the marks around a word. */
const longestMarked = longestWord + 8;
const longestZeros = 128;

/** Lengths of the words of ASCII letters alone that begin with each of them, as bits: none is longer than a number has. */
const wordLengths = new Uint32Array(32);
for (const word of wordsAndIds) {
  if (!/^[a-z]+$/.test(word)) continue;
  const letter = word.charCodeAt(0) & 0x1f;
  wordLengths[letter] = (wordLengths[letter] as number) | (1 << word.length);
}
