using Escapement.Chip;

// Not System.IO: the desktop has a File and a FileStream of its own there, and both cannot be seen at once. The firmware's files are in
// this namespace, so the short names mean these types here and the vendor's on the board. Modes and exceptions are .NET's, which are the same.
namespace Escapement.Esp32
{
    /// <summary>Stands in for System.IO.File of the vendor: the flash of the board of this thread.</summary>
    public static class File
    {
        public static bool Exists(string path)
        {
            Board board = Board.Of();
            board.Call(VendorCall.FileRead);
            FlashDisk.Check(path);
            return board.Flash.Has(path);
        }

        /// <summary>Deleting what is not there is no error.</summary>
        public static void Delete(string path)
        {
            Board board = Board.Of();
            board.Call(VendorCall.FileWrite);
            FlashDisk.Check(path);
            if (board.Flash.Has(path))
            {
                board.WriteFlash();
                board.Flash.Remove(path);
            }
        }

        /// <summary>A rename: it happens wholly or not at all. A target that exists is refused.</summary>
        public static void Move(string sourceFileName, string destFileName)
        {
            Board board = Board.Of();
            board.Call(VendorCall.FileWrite);
            FlashDisk.Check(sourceFileName);
            FlashDisk.Check(destFileName);
            board.Flash.Read(sourceFileName);
            if (board.Flash.Has(destFileName))
            {
                throw new IOException(destFileName + " exists.");
            }

            board.WriteFlash();
            board.Flash.Rename(sourceFileName, destFileName);
        }
    }

    /// <summary>Stands in for System.IO.FileStream of the vendor.</summary>
    public class FileStream : Stream
    {
        private readonly Board board = Board.Of();
        private readonly int boot;
        private readonly bool reads;
        private readonly bool writes;
        private readonly MemoryStream content = new();
        private bool changed;
        private bool closed;

        public FileStream(string path, FileMode mode)
            : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
        {
            board.Call(access == FileAccess.Read ? VendorCall.FileRead : VendorCall.FileWrite);
            FlashDisk.Check(path);
            Name = path;
            boot = board.Restarts;
            reads = (access & FileAccess.Read) != 0;
            writes = (access & FileAccess.Write) != 0;
            bool exists = board.Flash.Has(path);
            if (!writes && mode is not (FileMode.Open or FileMode.OpenOrCreate))
            {
                throw new ArgumentException("Mode " + mode + " needs write access.");
            }

            if (mode == FileMode.CreateNew && exists)
            {
                throw new IOException(path + " exists.");
            }

            if (!exists && mode is FileMode.Open or FileMode.Truncate)
            {
                throw new FileNotFoundException("There is no file " + path + ".");
            }

            bool keeps = exists && mode is FileMode.Open or FileMode.OpenOrCreate or FileMode.Append;
            if (keeps)
            {
                content.Write(board.Flash.Read(path));
                content.Position = mode == FileMode.Append ? content.Length : 0;
            }

            changed = writes && !keeps;
        }

        public override bool CanRead => reads;

        public override bool CanSeek => true;

        public override bool CanWrite => writes;

        public override long Length => content.Length;

        public override long Position
        {
            get => content.Position;
            set => content.Position = value;
        }

        public string Name { get; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Enter(VendorCall.FileRead, reads);
            return content.Read(buffer, offset, count);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Enter(VendorCall.FileWrite, writes);
            board.WriteFlash();
            content.Write(buffer, offset, count);
            changed = true;
        }

        /// <summary>Quirk: not a commit. The driver flushes its own buffer only; what is not closed is lost with the supply.</summary>
        public override void Flush() => Enter(VendorCall.FileWrite, writes);

        public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);

        public override void SetLength(long value)
        {
            Enter(VendorCall.FileWrite, writes);
            content.SetLength(value);
            changed = true;
        }

        protected override void Dispose(bool disposing)
        {
            if (closed)
            {
                return;
            }

            closed = true;
            if (changed && board.Restarts == boot && board.Halted == null)
            {
                // The commit: old content before it, new content after it, nothing between.
                board.Call(VendorCall.FileWrite);
                board.WriteFlash();
                board.Flash.Put(Name, content.ToArray());
            }
        }

        private void Enter(VendorCall call, bool allowed)
        {
            board.Call(call);
            if (closed || board.Restarts != boot)
            {
                throw new ObjectDisposedException(Name);
            }

            if (!allowed)
            {
                throw new NotSupportedException(Name + " was not opened for that.");
            }
        }
    }
}
