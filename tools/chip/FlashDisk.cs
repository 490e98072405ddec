namespace Escapement.Chip
{
    /// <summary>
    /// The files on the board's flash. They survive resets and cut supplies; what was written and not closed does not.
    /// </summary>
    public sealed class FlashDisk
    {
        /// <summary>The volume that boards have: littlefs on the configuration partition.</summary>
        public const string Volume = "I:\\";

        private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

        /// <summary>Names of all files.</summary>
        public IReadOnlyCollection<string> Paths => files.Keys;

        /// <summary>Whether there is such a file.</summary>
        public bool Has(string path) => files.ContainsKey(path);

        /// <summary>The content of a file.</summary>
        /// <exception cref="FileNotFoundException">There is none.</exception>
        public byte[] Read(string path) => (byte[])Find(path).Clone();

        /// <summary>Makes a file or replaces its content, from outside, as flashing does.</summary>
        public void Put(string path, byte[] content)
        {
            Check(path);
            files[path] = (byte[])content.Clone();
        }

        /// <summary>Empties the volume, as the board does by itself when it cannot mount it.</summary>
        public void Format() => files.Clear();

        internal static void Check(string path)
        {
            if (path == null || !path.StartsWith(Volume, StringComparison.Ordinal) || path.Length == Volume.Length)
            {
                throw new IOException("There is no volume for " + path + ".");
            }
        }

        internal void Remove(string path) => files.Remove(path);

        /// <summary>Gives a file another name; like the driver's rename, in one step.</summary>
        internal void Rename(string from, string to)
        {
            byte[] content = Find(from);
            files.Remove(from);
            files[to] = content;
        }

        private byte[] Find(string path)
        {
            return files.TryGetValue(path, out byte[]? content) ? content : throw new FileNotFoundException("There is no file " + path + ".");
        }
    }
}
