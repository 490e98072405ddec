namespace Escapement.Portable
{
    /// <summary>Bytes as the pages print them: pairs of hexadecimal digits, a blank between two.</summary>
    internal static class Hex
    {
        private const string Digits = "0123456789ABCDEF";

        public static byte[] Bytes(string text)
        {
            byte[] bytes = new byte[(text.Length + 1) / 3];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(Digits.IndexOf(text[3 * i]) * 16 + Digits.IndexOf(text[3 * i + 1]));
            }

            return bytes;
        }

        public static string Text(byte[] bytes, int offset, int count)
        {
            string text = "";
            for (int i = 0; i < count; i++)
            {
                int value = bytes[offset + i];
                text += (i == 0 ? "" : " ") + Digits[value >> 4] + Digits[value & 15];
            }

            return text;
        }
    }
}
