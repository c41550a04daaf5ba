using System.IO.Compression;
using System.Text;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Reads the uint8 arrays of <c>reference/preprocess/goldens.npz</c>.</summary>
internal static class RecordedPixels
{
    public static byte[] Read(string key)
    {
        using ZipArchive archive = ZipFile.OpenRead(Karl.Testing.SharedFiles.Require("reference", "preprocess", "goldens.npz"));
        using Stream stream = (archive.GetEntry(key + ".npy") ?? throw new AssertFailedException($"The recording has no {key}.")).Open();
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        byte[] file = memory.ToArray();
        int headerLength = BitConverter.ToUInt16(file, 8);
        string header = Encoding.ASCII.GetString(file, 10, headerLength);
        Assert.Contains("'|u1'", header);
        Assert.Contains("'fortran_order': False", header);
        return file[(10 + headerLength)..];
    }
}
