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
    ['H/O Mr. Roy, Lake Road', 'H/O M•. R••, Lake Road'],
    ['12 Lake Road near house of Tapan Roy', '•• Lake Road near house of T•••• R••'],
    ['Lake Road behind Mr. Sen', 'Lake Road behind Mr. S••'],
    ['3 Lane, D/O: Mina Das, W.O. Bina Das', '•• Lane, D/O: M••• D••, W.O. B••• D••'],
    ['লেক রোড, প্রযত্নে: তপন রায়', 'লেক রোড, প্রযত্নে: ত•• রা•'],
    ['Dr. Sundari Mohan Avenue, Sri Aurobindo Sarani', 'Dr. Sundari Mohan Avenue, Sri Aurobindo Sarani'],
    ['পিতাম্বর লেন, স্বামী বিবেকানন্দ রোড', 'পিতাম্বর লেন, স্বামী বিবেকানন্দ রোড'],
    ['Coffee House Offices, Old Court House Street', 'Coffee House Offices, Old Court House Street'],
    ['प्लॉट ५, पार्क स्ट्रीट', 'प्लॉट ••, पार्क स्ट्रीट'],
  ])('%s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked.normalize('NFC'));
  });
});
