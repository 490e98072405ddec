using System;

namespace Escapement.Link
{
    /// <summary>
    /// The content of every register, in one array made at construction. A setter or getter that names an element which
    /// the register does not have changes nothing and answers false or 0: a slip in one room must not reach a neighbour's bytes.
    /// </summary>
    public sealed class RegisterFile
    {
        private readonly byte[] _store = new byte[RegisterTable.StoreBytes];

        /// <summary>The bytes of all registers, each little-endian; see <see cref="OffsetOf"/>.</summary>
        public byte[] Store
        {
            get { return _store; }
        }

        /// <summary>Where the register's content begins in <see cref="Store"/>; -1 when there is no register.</summary>
        public int OffsetOf(int address)
        {
            return RegisterTable.Exists(address) ? RegisterTable.Offsets[address] : -1;
        }

        /// <summary>Sets one element of a U8 register to the value's low 8 bits.</summary>
        public bool SetU8(int address, int element, int value)
        {
            int at = Locate(address, element, PayloadType.U8);
            if (at < 0)
            {
                return false;
            }

            _store[at] = (byte)value;
            return true;
        }

        /// <summary>Sets one element of a U16 register to the value's low 16 bits.</summary>
        public bool SetU16(int address, int element, int value)
        {
            int at = Locate(address, element, PayloadType.U16);
            if (at < 0)
            {
                return false;
            }

            LittleEndian.PutU16(_store, at, value);
            return true;
        }

        /// <summary>Sets one element of a U32 register.</summary>
        public bool SetU32(int address, int element, uint value)
        {
            int at = Locate(address, element, PayloadType.U32);
            if (at < 0)
            {
                return false;
            }

            LittleEndian.PutU32(_store, at, value);
            return true;
        }

        /// <summary>Sets one element of a U32 register to a number's 32 bits.</summary>
        public bool SetU32(int address, int element, int value)
        {
            return SetU32(address, element, (uint)value);
        }

        /// <summary>Sets one element of an S32 register.</summary>
        public bool SetS32(int address, int element, int value)
        {
            int at = Locate(address, element, PayloadType.S32);
            if (at < 0)
            {
                return false;
            }

            LittleEndian.PutU32(_store, at, (uint)value);
            return true;
        }

        /// <summary>Sets one element of a U64 register.</summary>
        public bool SetU64(int address, int element, long value)
        {
            int at = Locate(address, element, PayloadType.U64);
            if (at < 0)
            {
                return false;
            }

            LittleEndian.PutU64(_store, at, value);
            return true;
        }

        /// <summary>One element of a U8 register.</summary>
        public int GetU8(int address, int element)
        {
            int at = Locate(address, element, PayloadType.U8);
            return at < 0 ? 0 : _store[at];
        }

        /// <summary>One element of a U16 register.</summary>
        public int GetU16(int address, int element)
        {
            int at = Locate(address, element, PayloadType.U16);
            return at < 0 ? 0 : LittleEndian.GetU16(_store, at);
        }

        /// <summary>One element of a U32 register.</summary>
        public uint GetU32(int address, int element)
        {
            int at = Locate(address, element, PayloadType.U32);
            return at < 0 ? 0 : LittleEndian.GetU32(_store, at);
        }

        /// <summary>One element of a U64 register, as its 64-bit pattern.</summary>
        public long GetU64(int address, int element)
        {
            int at = Locate(address, element, PayloadType.U64);
            return at < 0 ? 0 : LittleEndian.GetU64(_store, at);
        }

        /// <summary>Sets the register's whole content; <paramref name="count"/> must be its length in bytes.</summary>
        public bool SetBytes(int address, byte[] source, int offset, int count)
        {
            if (!RegisterTable.Exists(address) || count != RegisterTable.BytesOf(address))
            {
                return false;
            }

            Array.Copy(source, offset, _store, RegisterTable.Offsets[address], count);
            return true;
        }

        /// <summary>Copies the register's whole content; returns the number of bytes.</summary>
        public int GetBytes(int address, byte[] target, int offset)
        {
            int count = RegisterTable.BytesOf(address);
            if (count > 0)
            {
                Array.Copy(_store, RegisterTable.Offsets[address], target, offset, count);
            }

            return count;
        }

        private static int Locate(int address, int element, int payloadType)
        {
            if (RegisterTable.TypeOf(address) != payloadType || element < 0 || element >= RegisterTable.Lengths[address])
            {
                return -1;
            }

            return RegisterTable.Offsets[address] + element * (payloadType & 0x0F);
        }
    }
}
