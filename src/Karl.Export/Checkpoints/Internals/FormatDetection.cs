using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>Tells formats apart by their first bytes, and names those that people mistake for checkpoints.</summary>
internal static class FormatDetection
{
    private const int HeadLength = 64;

    /// <summary>The format, or a refusal that says what the file is instead.</summary>
    public static CheckpointFormat Detect(ByteSource source)
    {
        var head = source.ReadArray(0, (int)Math.Min(HeadLength, source.Length));
        if (IsZip(head))
        {
            return CheckpointFormat.PyTorch;
        }

        if (IsSafetensors(head, source.Length))
        {
            return CheckpointFormat.Safetensors;
        }

        throw new KarlFormatException($"'{source.Name}' is no checkpoint that can be read: {Describe(head)}. PyTorch zip checkpoints (.pth, .ckpt, .bin) and safetensors files are read.");
    }

    /// <summary>Whether a file begins as zip archives do.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Whether a file of that length begins as safetensors files do.</summary>
    public static bool IsSafetensors(ReadOnlySpan<byte> head, long length) =>
        head.Length > 8 && head[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(head) <= (ulong)length;

    /// <summary>What a file seems to be instead, as the end of a sentence.</summary>
    public static string Describe(byte[] head)
    {
        var text = Encoding.Latin1.GetString(head);
        return head.Length == 0 ? "it is empty"
            : text.StartsWith("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019", StringComparison.Ordinal)
                ? "it is of the form from before PyTorch 1.6; load it in PyTorch and save it again with torch.save(..., _use_new_zipfile_serialization=True)"
            : head[0] == 0x80 ? "it is a bare pickle; load it in Python and save it again with torch.save(..., _use_new_zipfile_serialization=True)"
            : text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? "it is a Git LFS pointer; fetch the file itself with 'git lfs pull'"
            : text.TrimStart().StartsWith('<') ? "it is a web page, so the download went wrong"
            : text.StartsWith("GGUF", StringComparison.Ordinal) ? "it is a GGUF file"
            : text.StartsWith("\u0089HDF", StringComparison.Ordinal) ? "it is an HDF5 file"
            : text.StartsWith("\u001f\u008b", StringComparison.Ordinal) ? "it is gzipped; unpack it first"
            : $"it starts with {Convert.ToHexStringLower(head.AsSpan(0, Math.Min(8, head.Length)))}";
    }
}
