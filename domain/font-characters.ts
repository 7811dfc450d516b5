/**
 * The characters of each font, as ranges of a regular expression; of every later font, those that none before it has.
 * Written from the fonts by test/unit/printable.test.ts.
 */
export const fontCharacters = {
  'Noto Sans':
    '\\u{21}-\\u{7e}\\u{a1}-\\u{ac}\\u{ae}-\\u{377}\\u{37a}-\\u{37f}\\u{384}-\\u{38a}\\u{38c}\\u{38e}-\\u{3a1}\\u{3a3}-\\u{3e1}\\u{3f0}-\\u{52f}\\u{900}-\\u{97f}\\u{10fb}\\u{1ab0}-\\u{1ac0}\\u{1ac5}\\u{1ac7}-\\u{1ace}\\u{1c80}-\\u{1c88}\\u{1d00}-\\u{1df9}\\u{1dfb}-\\u{1f15}\\u{1f18}-\\u{1f1d}\\u{1f20}-\\u{1f45}\\u{1f48}-\\u{1f4d}\\u{1f50}-\\u{1f57}\\u{1f59}\\u{1f5b}\\u{1f5d}\\u{1f5f}-\\u{1f7d}\\u{1f80}-\\u{1fb4}\\u{1fb6}-\\u{1fc4}\\u{1fc6}-\\u{1fd3}\\u{1fd6}-\\u{1fdb}\\u{1fdd}-\\u{1fef}\\u{1ff2}-\\u{1ff4}\\u{1ff6}-\\u{1ffe}\\u{2010}-\\u{2027}\\u{2030}-\\u{205e}\\u{2070}-\\u{2071}\\u{2074}-\\u{208e}\\u{2090}-\\u{209c}\\u{20a0}-\\u{20c0}\\u{20f0}\\u{2100}-\\u{215f}\\u{2183}-\\u{2184}\\u{2189}\\u{2212}\\u{25cc}\\u{2c60}-\\u{2c7f}\\u{2de0}-\\u{2e5d}\\u{a640}-\\u{a69f}\\u{a700}-\\u{a7ca}\\u{a7d0}-\\u{a7d1}\\u{a7d3}\\u{a7d5}-\\u{a7d9}\\u{a7f2}-\\u{a7ff}\\u{a8ff}\\u{a92e}\\u{ab30}-\\u{ab6b}\\u{fb00}-\\u{fb06}\\u{fe00}\\u{fe20}-\\u{fe2f}\\u{fffc}-\\u{fffd}\\u{10780}-\\u{10785}\\u{10787}-\\u{107b0}\\u{107b2}-\\u{107ba}\\u{1df00}-\\u{1df1e}',
  'Noto Sans Bengali':
    '\\u{980}-\\u{983}\\u{985}-\\u{98c}\\u{98f}-\\u{990}\\u{993}-\\u{9a8}\\u{9aa}-\\u{9b0}\\u{9b2}\\u{9b6}-\\u{9b9}\\u{9bc}-\\u{9c4}\\u{9c7}-\\u{9c8}\\u{9cb}-\\u{9ce}\\u{9d7}\\u{9dc}-\\u{9dd}\\u{9df}-\\u{9e3}\\u{9e6}-\\u{9fe}\\u{1cd0}\\u{1cd2}\\u{1cd5}-\\u{1cd6}\\u{1cd8}\\u{1ce1}\\u{1cea}\\u{1ced}\\u{1cf2}\\u{1cf5}-\\u{1cf7}\\u{a8f1}',
  'Noto Sans Devanagari':
    '\\u{1cd1}\\u{1cd3}-\\u{1cd4}\\u{1cd7}\\u{1cd9}-\\u{1ce0}\\u{1ce2}-\\u{1ce9}\\u{1ceb}-\\u{1cec}\\u{1cee}-\\u{1cf1}\\u{1cf3}-\\u{1cf4}\\u{1cf8}-\\u{1cf9}\\u{a830}-\\u{a839}\\u{a8e0}-\\u{a8f0}\\u{a8f2}-\\u{a8fe}\\u{11b00}-\\u{11b09}',
  'Noto Sans Arabic':
    '\\u{606}-\\u{61b}\\u{61d}-\\u{6dc}\\u{6de}-\\u{6ff}\\u{750}-\\u{77f}\\u{870}-\\u{88e}\\u{898}-\\u{8e1}\\u{8e3}-\\u{8ff}\\u{221a}\\u{fb50}-\\u{fbc2}\\u{fbd3}-\\u{fd8f}\\u{fd92}-\\u{fdc7}\\u{fdcf}\\u{fdf0}-\\u{fdff}\\u{fe70}-\\u{fe74}\\u{fe76}-\\u{fefc}\\u{10efd}-\\u{10eff}',
  'Noto Sans Gujarati':
    '\\u{a81}-\\u{a83}\\u{a85}-\\u{a8d}\\u{a8f}-\\u{a91}\\u{a93}-\\u{aa8}\\u{aaa}-\\u{ab0}\\u{ab2}-\\u{ab3}\\u{ab5}-\\u{ab9}\\u{abc}-\\u{ac5}\\u{ac7}-\\u{ac9}\\u{acb}-\\u{acd}\\u{ad0}\\u{ae0}-\\u{ae3}\\u{ae6}-\\u{af1}\\u{af9}-\\u{aff}',
  'Noto Sans Gurmukhi':
    '\\u{a01}-\\u{a03}\\u{a05}-\\u{a0a}\\u{a0f}-\\u{a10}\\u{a13}-\\u{a28}\\u{a2a}-\\u{a30}\\u{a32}-\\u{a33}\\u{a35}-\\u{a36}\\u{a38}-\\u{a39}\\u{a3c}\\u{a3e}-\\u{a42}\\u{a47}-\\u{a48}\\u{a4b}-\\u{a4d}\\u{a51}\\u{a59}-\\u{a5c}\\u{a5e}\\u{a66}-\\u{a76}\\u{262c}',
  'Noto Sans Kannada':
    '\\u{c80}-\\u{c8c}\\u{c8e}-\\u{c90}\\u{c92}-\\u{ca8}\\u{caa}-\\u{cb3}\\u{cb5}-\\u{cb9}\\u{cbc}-\\u{cc4}\\u{cc6}-\\u{cc8}\\u{cca}-\\u{ccd}\\u{cd5}-\\u{cd6}\\u{cdd}-\\u{cde}\\u{ce0}-\\u{ce3}\\u{ce6}-\\u{cef}\\u{cf1}-\\u{cf3}',
  'Noto Sans Malayalam':
    '\\u{d00}-\\u{d0c}\\u{d0e}-\\u{d10}\\u{d12}-\\u{d44}\\u{d46}-\\u{d48}\\u{d4a}-\\u{d4f}\\u{d54}-\\u{d63}\\u{d66}-\\u{d7f}',
  'Noto Sans Meetei Mayek': '\\u{aae0}-\\u{aaf6}\\u{abc0}-\\u{abed}\\u{abf0}-\\u{abf9}',
  'Noto Sans Ol Chiki': '\\u{1c50}-\\u{1c7f}',
  'Noto Sans Oriya':
    '\\u{b01}-\\u{b03}\\u{b05}-\\u{b0c}\\u{b0f}-\\u{b10}\\u{b13}-\\u{b28}\\u{b2a}-\\u{b30}\\u{b32}-\\u{b33}\\u{b35}-\\u{b39}\\u{b3c}-\\u{b44}\\u{b47}-\\u{b48}\\u{b4b}-\\u{b4d}\\u{b55}-\\u{b57}\\u{b5c}-\\u{b5d}\\u{b5f}-\\u{b63}\\u{b66}-\\u{b77}',
  'Noto Sans Tamil':
    '\\u{b82}-\\u{b83}\\u{b85}-\\u{b8a}\\u{b8e}-\\u{b90}\\u{b92}-\\u{b95}\\u{b99}-\\u{b9a}\\u{b9c}\\u{b9e}-\\u{b9f}\\u{ba3}-\\u{ba4}\\u{ba8}-\\u{baa}\\u{bae}-\\u{bb9}\\u{bbe}-\\u{bc2}\\u{bc6}-\\u{bc8}\\u{bca}-\\u{bcd}\\u{bd0}\\u{bd7}\\u{be6}-\\u{bfa}\\u{11301}\\u{11303}\\u{1133b}-\\u{1133c}',
  'Noto Sans Telugu':
    '\\u{c00}-\\u{c0c}\\u{c0e}-\\u{c10}\\u{c12}-\\u{c28}\\u{c2a}-\\u{c39}\\u{c3c}-\\u{c44}\\u{c46}-\\u{c48}\\u{c4a}-\\u{c4d}\\u{c55}-\\u{c56}\\u{c58}-\\u{c5a}\\u{c5d}\\u{c60}-\\u{c63}\\u{c66}-\\u{c6f}\\u{c77}-\\u{c7f}',
} as const;

export type FontName = keyof typeof fontCharacters;
