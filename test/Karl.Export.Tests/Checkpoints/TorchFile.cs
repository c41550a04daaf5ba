using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Karl.Export.Checkpoints;

/// <summary>Makes the zip archives of <c>torch.save</c> around a pickle.</summary>
internal static class TorchFile
{
    /// <summary>An archive with the given pickle and storages <c>data/0</c>, <c>data/1</c> ...</summary>
    public static byte[] Make(byte[] pickle, params byte[][] storages)
        => Zip(CompressionLevel.NoCompression,
            [("archive/data.pkl", pickle), ("archive/byteorder", "little"u8.ToArray()), .. storages.Select((bytes, index) => ($"archive/data/{index}", bytes)), ("archive/version", "3\n"u8.ToArray())]);

    /// <summary>An archive of any entries.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A pickled state dict of one tensor named <c>w</c>.</summary>
    public static byte[] OneTensor(string type, long count, long offset, long[] shape, long[] strides)
        => new PickleWriter().Op('}').Text("w").Tensor(type, "0", count, offset, shape, strides).Op('s').Stop();

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged
        => MemoryMarshal.AsBytes<T>(values).ToArray();
}
