import { closest } from '../lib/closest.ts';
import type { Condition, Literal, Operator } from './condition.ts';
import { parseField } from './parse-field.ts';
import { type Token, tokenize } from './tokens.ts';
import { TriggerSyntaxError } from './trigger-syntax-error.ts';

const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];
const functions = ['contains', 'match'] as const;
const reserved = new Set(['and', 'or', 'not', 'in']);
const literals: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const maxDepth = 100;

/**
 * Reads a trigger by this grammar, `and` and `or` in any letter case:
 *
 *     any        = all { "or" all }
 *     all        = term { "and" term }
 *     term       = [ "!" ] ( "(" any ")" | function ) | comparison
 *     function   = ( "contains" | "match" ) "(" field "," value ")"
 *     comparison = field ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
 *     value      = "text" | 'text' | number | true | false | null | word
 *
 * @throws TriggerSyntaxError saying where, and what was expected there
 */
export function parseTrigger(fql: string): Condition {
  const tokens = tokenize(fql);
  const end: Token = tokens.at(-1) ?? { kind: 'end', value: '', position: 0 };
  let index = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[index + ahead] ?? end;
  const isWord = (word: string): boolean => peek().kind === 'word' && peek().value.toLowerCase() === word;
  const isSymbol = (symbol: string, ahead = 0): boolean =>
    peek(ahead).kind === 'symbol' && peek(ahead).value === symbol;

  function expectSymbol(symbol: string, expected = `"${symbol}"`): void {
    if (!isSymbol(symbol)) throw unexpected(peek(), expected);
    index += 1;
  }

  function parseList(separator: 'or' | 'and', kind: 'any' | 'all', parseItem: () => Condition): Condition {
    const first = parseItem();
    const conditions = [first];
    while (isWord(separator)) {
      index += 1;
      conditions.push(parseItem());
    }
    return conditions.length === 1 ? first : { kind, conditions };
  }

  const parseAny = (): Condition => parseList('or', 'any', parseAll);
  const parseAll = (): Condition => parseList('and', 'all', parseTerm);

  function parseTerm(): Condition {
    const isNegated = isSymbol('!');
    if (isNegated) index += 1;
    if (isSymbol('(')) {
      const condition = parseGroup();
      return isNegated ? { kind: 'not', condition } : condition;
    }
    if (peek().kind === 'word' && isSymbol('(', 1)) return parseFunction(isNegated);
    if (isNegated) throw unexpected(peek(), 'contains(…), match(…) or "(" after "!"');
    return parseComparison();
  }

  function parseGroup(): Condition {
    if (++depth > maxDepth) throw new TriggerSyntaxError(`more than ${maxDepth} parentheses deep`, peek().position);
    index += 1;
    const condition = parseAny();
    expectSymbol(')', '"and", "or" or ")"');
    depth -= 1;
    return condition;
  }

  function parseFunction(isNegated: boolean): Condition {
    const name = peek();
    const kind = functions.find((known) => known === name.value);
    if (kind === undefined) throw unknownFunction(name);
    index += 2;
    const field = parseField(takeField());
    expectSymbol(',');
    const text = String(parseValue());
    expectSymbol(')');
    return { kind, field, text, isNegated };
  }

  function parseComparison(): Condition {
    const field = parseField(takeField());
    const operator = operators.find((known) => isSymbol(known));
    if (operator === undefined) throw unexpected(peek(), `one of ${operators.join(' ')}`);
    index += 1;
    return { kind: 'compare', field, operator, value: parseValue() };
  }

  function takeField(): Token {
    const token = peek();
    if (token.kind !== 'word' || reserved.has(token.value.toLowerCase())) throw unexpected(token, 'a field');
    index += 1;
    return token;
  }

  function parseValue(): Literal {
    const token = peek();
    const value = readLiteral(token);
    if (value === undefined) throw unexpected(token, 'a value: "text", a number, true, false or null');
    index += 1;
    return value;
  }

  const condition = parseAny();
  if (peek().kind !== 'end') throw unexpected(peek(), '"and", "or" or the end');
  return condition;
}

function readLiteral({ kind, value }: Token): Literal | undefined {
  if (kind === 'text') return value;
  if (kind === 'number') return Number(value);
  if (kind !== 'word') return undefined;
  const word = value.toLowerCase();
  const literal = literals.get(word);
  if (literal !== undefined) return literal;
  // A word with dots is most likely another field, and fields are not compared with each other.
  return reserved.has(word) || !/^[\p{L}\p{N}_-]+$/u.test(value) ? undefined : value;
}

function unexpected({ kind, value, position }: Token, expected: string): TriggerSyntaxError {
  const found = kind === 'end' ? 'the end' : JSON.stringify(value);
  return new TriggerSyntaxError(`expected ${expected}, found ${found}`, position);
}

function unknownFunction({ value, position }: Token): TriggerSyntaxError {
  const meant = closest(value, functions);
  const help = meant === undefined ? `expected ${functions.join(' or ')}` : `did you mean "${meant}"?`;
  return new TriggerSyntaxError(`unknown function "${value}"; ${help}`, position);
}
