import { describe, expect, test } from 'vitest';
import { maskAddress, maskName } from '../../domain/masking.ts';

describe('a name keeps the first letter of each word', () => {
  test.each([
    ['Sourav Das', 'S••••• D••'],
    ['Amitabha Chakraborty', 'A•••••• C••••••'],
    ['S. K. Sen', 'S. K. S••'],
    ['M/S Abc Traders (P) Ltd', 'M/S A•• T•••••• (P) L••'],
    ["Mary D'Souza", "M••• D'S••••"],
    ['অমিতাভ চক্রবর্তী', 'অ••• চ•••'],
    ['শ্রীমতী সুমিত্রা', 'শ্রী•• সু••'],
    ['দে', 'দ•'],
    ['শ্রী', 'শ•'],
    ['क्षितिज शर्मा', 'क्षि•• श•'],
    ['Flat 3', 'F••• •'],
    ['', ''],
  ])('%s', (name, masked) => {
    expect(maskName(name)).toBe(masked.normalize('NFC'));
  });

  test('the two spellings of one letter give the same', () => {
    expect(maskName('\u09dfশা')).toBe(maskName('\u09af\u09bcশা'));
  });
});

describe('an address keeps its street and hides the door', () => {
  test.each([
    ['57/2A, Santoshpur Avenue, Kolkata 700075', '••, Santoshpur Avenue, Kolkata 700075'],
    ['12-B Rash Behari Avenue, Flat 4B, 2nd floor', '•• Rash Behari Avenue, Flat ••, •• floor'],
    ['Block C, C I T Road, Kolkata - 700 014', 'Block •, C I T Road, Kolkata - 700 014'],
    ['C/O Ashok Das, 3 Park Street', 'C/O A•••• D••, •• Park Street'],
    ['৫৭/২এ, সন্তোষপুর অ্যাভিনিউ, কলকাতা ৭০০০৭৫', '••, সন্তোষপুর অ্যাভিনিউ, কলকাতা ৭০০০৭৫'],
    ['ফ্ল্যাট খ, ১০ রাসবিহারী অ্যাভিনিউ', 'ফ্ল্যাট •, •• রাসবিহারী অ্যাভিনিউ'],
    ['प्लॉट ५, पार्क स्ट्रीट', 'प्लॉट ••, पार्क स्ट्रीट'],
  ])('%s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked.normalize('NFC'));
  });
});
