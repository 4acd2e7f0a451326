/** Values of one metric or expression, by period; undefined where there is no data. */
export type Series = readonly (number | undefined)[];

/**
 * The part of CloudWatch's metric math that alarms here use: numbers, names, `+ - * /`, comparisons, and the functions
 * IF, MAX and FILL. As there, what is calculated from a missing value is missing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @throws Error on anything else
 */
export function evaluate(expression: string, metrics: Readonly<Record<string, Series>>, periods: number): Series {
  const tokens = expression.match(/\d+(\.\d+)?|[A-Za-z_]\w*|[<>=!]=|[-+*/<>(),[\]]/g) ?? [];
  if (tokens.join('') !== expression.replaceAll(/\s/g, '')) throw new Error(`cannot read ${expression}`);
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`expected ${expected ?? 'a value'} before ${token ?? 'the end'} in ${expression}`);
    }
    return token;
  };

  const binary =
    (operators: Readonly<Record<string, (a: number, b: number) => number>>, operand: () => Series) => (): Series => {
      let left = operand();
      for (let operator = operators[tokens[at] ?? '']; operator !== undefined; operator = operators[tokens[at] ?? '']) {
        at++;
        left = pointwise(operator, left, operand());
      }
      return left;
    };
  const factor = (): Series => {
    const token = take();
    if (token === '(') return closed(comparison(), ')');
    if (/^\d/.test(token)) return Array.from({ length: periods }, () => Number(token));
    if (tokens[at] === '(') return call(token);
    const metric = metrics[token];
    if (metric === undefined) throw new Error(`${expression} reads ${token}, which is no metric of it`);
    return metric;
  };
  const closed = (value: Series, bracket: string): Series => {
    take(bracket);
    return value;
  };
  const term = binary({ '*': (a, b) => a * b, '/': (a, b) => a / b }, factor);
  const sum = binary({ '+': (a, b) => a + b, '-': (a, b) => a - b }, term);
  const comparison = binary(
    {
      '<': (a, b) => Number(a < b),
      '>': (a, b) => Number(a > b),
      '<=': (a, b) => Number(a <= b),
      '>=': (a, b) => Number(a >= b),
      '==': (a, b) => Number(a === b),
    },
    sum,
  );
  const list = (end: string): Series[] => {
    const values = [comparison()];
    while (tokens[at] === ',') {
      at++;
      values.push(comparison());
    }
    take(end);
    return values;
  };

  function call(name: string): Series {
    take('(');
    if (name === 'MAX') {
      take('[');
      const values = list(']');
      take(')');
      return values.reduce((a, b) => pointwise(Math.max, a, b));
    }
    const [first = [], second = [], third = []] = list(')');
    if (name === 'FILL') return first.map((value, index) => value ?? second[index]);
    if (name === 'IF') {
      return first.map((value, index) => (value === undefined ? undefined : (value !== 0 ? second : third)[index]));
    }
    throw new Error(`no function ${name} is known here`);
  }

  const value = comparison();
  if (at < tokens.length) throw new Error(`${tokens[at]} is too much in ${expression}`);
  return value;
}

const pointwise = (operator: (a: number, b: number) => number, left: Series, right: Series): Series =>
  left.map((a, index) => {
    const b = right[index];
    return a === undefined || b === undefined ? undefined : operator(a, b);
  });
