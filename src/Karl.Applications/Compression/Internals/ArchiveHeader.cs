using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers;
using Karl.Tokenizers.Internals;

namespace Karl.Applications.Compression.Internals;

/// <summary>The head of a token archive: what all images have in common, with a checksum. docs/compression.md describes it byte by byte.</summary>
internal static class ArchiveHeader
{
    /// <summary>Length without the model's name and the checksum.</summary>
    public const int FixedLength = 62;

    /// <summary>No head is longer.</summary>
    public const int LongestHeader = FixedLength + byte.MaxValue + 4;

    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'K', (byte)'T', (byte)'A', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(TokenArchiveSettings settings)
    {
        byte[] name = Encoding.UTF8.GetBytes(settings.ModelName);
        byte[] bytes = new byte[FixedLength + name.Length + 4];
        Span<byte> head = bytes;
        Magic.CopyTo(head);
        head[8] = Version;
        head[9] = (byte)(settings.CodebookSize is null ? 1 : 0);
        Convert.FromHexString(settings.Model).CopyTo(head[10..]);
        Convert.FromHexString(settings.Statistics ?? new string('0', 16)).CopyTo(head[18..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[26..], (uint)settings.ImageSize);
        BinaryPrimitives.WriteUInt32LittleEndian(head[30..], (uint)settings.MaximumBudget);
        BinaryPrimitives.WriteUInt32LittleEndian(head[34..], (uint)settings.Budget);
        BinaryPrimitives.WriteSingleLittleEndian(head[38..], settings.Epsilon);
        BinaryPrimitives.WriteUInt32LittleEndian(head[42..], (uint)(settings.CodebookSize ?? 0));
        BinaryPrimitives.WriteUInt32LittleEndian(head[46..], (uint)settings.LatentWidth);
        BinaryPrimitives.WriteSingleLittleEndian(head[50..], settings.LatentStep);
        BinaryPrimitives.WriteUInt32LittleEndian(head[54..], (uint)settings.ImagesPerBlock);
        head[58] = settings.Statistics is null ? (byte)0 : (byte)1;
        head[61] = (byte)name.Length;
        name.CopyTo(head[FixedLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(FixedLength + name.Length)..], Crc32.Append(0, head[..(FixedLength + name.Length)]));
        return bytes;
    }

    /// <summary>Reads the head.</summary>
    /// <param name="bytes">The beginning of the file, up to <see cref="LongestHeader"/> bytes.</param>
    /// <param name="archive">How messages call the file.</param>
    /// <returns>The settings, and how long the head is.</returns>
    public static (TokenArchiveSettings Settings, int Length) Read(ReadOnlySpan<byte> bytes, string archive)
    {
        if (!bytes.StartsWith(Magic))
        {
            throw new KarlFormatException($"'{archive}' is no token archive; karl compress makes one (.kt).");
        }

        if (bytes.Length > 8 && bytes[8] != Version)
        {
            throw new KarlFormatException($"Token archive '{archive}' is of version {bytes[8]}; this karl reads version {Version}. Update karl.");
        }

        int length = bytes.Length < FixedLength ? int.MaxValue : FixedLength + bytes[61];
        if (bytes.Length - 4 < length || BinaryPrimitives.ReadUInt32LittleEndian(bytes[length..]) != Crc32.Append(0, bytes[..length]))
        {
            throw Damaged(archive, "the checksum of its head is wrong");
        }

        uint codebook = BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..]);
        TokenArchiveSettings settings = new()
        {
            Model = Convert.ToHexStringLower(bytes.Slice(10, 8)),
            ModelName = Encoding.UTF8.GetString(bytes[FixedLength..length]),
            ImageSize = Number(bytes[26..]),
            MaximumBudget = Number(bytes[30..]),
            Budget = Number(bytes[34..]),
            Epsilon = BinaryPrimitives.ReadSingleLittleEndian(bytes[38..]),
            CodebookSize = bytes[9] == 0 ? (int)Math.Min(codebook, int.MaxValue) : null,
            LatentWidth = Number(bytes[46..]),
            LatentStep = BinaryPrimitives.ReadSingleLittleEndian(bytes[50..]),
            ImagesPerBlock = Number(bytes[54..]),
            Statistics = bytes[58] == 0 ? null : Convert.ToHexStringLower(bytes.Slice(18, 8)),
        };
        return settings.Problems() is { Length: > 0 } problems ? throw Damaged(archive, problems) : (settings, length + 4);
    }

    /// <summary>The one error for everything that only damage explains.</summary>
    public static KarlFormatException Damaged(string archive, string what, Exception? cause = null) =>
        new($"Token archive '{archive}' is damaged or cut off ({Printable.Shorten(what, 300)}); fetch or make it again.", cause);

    private static int Number(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes), int.MaxValue);
}
