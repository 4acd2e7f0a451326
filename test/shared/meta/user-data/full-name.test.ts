import { describe, expect, it } from 'vitest';
import { splitFullName } from '../../../../shared/meta/user-data/full-name.ts';

describe('splitFullName', () => {
  it.each([
    ['John Doe', 'John', 'Doe'],
    ['  John   Quincy Adams ', 'John', 'Quincy Adams'],
    ['Doe, John', 'John', 'Doe'],
    ['Doe, John Quincy', 'John Quincy', 'Doe'],
    ['Doe,John', 'John', 'Doe'],
    ['van der Berg, Anna', 'Anna', 'van der Berg'],
    ['Doe, Dr. John', 'John', 'Doe'],
    ['Doe Jr., John', 'John', 'Doe'],
    ['Doe, John, Jr.', 'John', 'Doe'],
    ['John Doe, PhD', 'John', 'Doe'],
    ['John Doe, Ph.D., MD', 'John', 'Doe'],
    ['Mr. John Doe', 'John', 'Doe'],
    ['MR JOHN DOE', 'JOHN', 'DOE'],
    ['Dr. Anna Müller', 'Anna', 'Müller'],
    ['Prof. Dr. Anna Müller', 'Anna', 'Müller'],
    ['Frau Anna Müller', 'Anna', 'Müller'],
    ['John Doe Jr.', 'John', 'Doe'],
    ['John Doe III', 'John', 'Doe'],
    ['John Doe Esq', 'John', 'Doe'],
    ['Mr. John Doe, Jr.', 'John', 'Doe'],
    ['Doe, ', 'Doe', ''],
    ['Madonna', 'Madonna', ''],
    ['Mr. Doe', 'Doe', ''],
    ['Mr.John Doe', 'John', 'Doe'],
    ['Sig.ra Laura Rossi', 'Laura', 'Rossi'],
    ['Dott.ssa Laura Rossi', 'Laura', 'Rossi'],
    ['Dra. Ana Costa', 'Ana', 'Costa'],
    ['Jane Doe <jane@shop.example>', 'Jane', 'Doe'],
    ['Doe, Jane <jane@shop.example>', 'Jane', 'Doe'],
    ['Mag. Anna Huber', 'Anna', 'Huber'],
    ['Mag.a Anna Huber', 'Anna', 'Huber'],
    ['Univ.-Prof. Dr. Karl Huber', 'Karl', 'Huber'],
    ['Dr. med. Anna Müller', 'Anna', 'Müller'],
    ['Dr.ssa Anna Rossi', 'Anna', 'Rossi'],
    ['Eng. John Doe', 'John', 'Doe'],
    ['Eng Lim', 'Eng', 'Lim'],
    ['Drew Shriver', 'Drew', 'Shriver'],
    ['M. Night Shyamalan', 'M.', 'Night Shyamalan'],
    ['Jack Ma', 'Jack', 'Ma'],
    ['Kim Do', 'Kim', 'Do'],
    ['Ian V Smith', 'Ian', 'V Smith'],
    ['김 민준', '김', '민준'],
    ['山田，太郎', '太郎', '山田'],
  ])('takes %s for %s and %s', (fullName, first, last) => {
    expect(splitFullName(fullName)).toEqual({ first, last });
  });

  it.each([
    'jane@shop.example',
    ' Jane.Doe+x@Shop.Example ',
    '<jane@shop.example>',
    '"jane@shop.example"',
    'mailto:jane@shop.example',
    'jane@shop',
    '+14155552671',
    '(415) 555-2671',
    'Guest',
    'Guest User',
    'N/A',
    'unknown',
    'Mr.',
    'Dr. Prof.',
    '',
    ' ',
    ',',
    ', ,',
  ])('finds no name in "%s"', (fullName) => {
    expect(splitFullName(fullName)).toBeUndefined();
  });

  it('looks at a bounded number of characters', () => {
    const { first = '', last = '' } = splitFullName(`Ann ${'Lee '.repeat(100_000)}`) ?? {};

    expect(first).toBe('Ann');
    expect(last.length).toBeLessThan(1_000);
  });
});
