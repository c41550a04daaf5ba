using System.Buffers;
using System.Buffers.Binary;
using Karl.Tokenizers;
using Karl.Tokenizers.Internals;

namespace Karl.Applications.Compression.Internals;

/// <summary>Statistics as a file (<c>.kts</c>): a fixed head, all counts through the range coder, a checksum. docs/compression.md describes it byte by byte.</summary>
internal static class StatisticsFile
{
    /// <summary>Larger files are refused before they are read.</summary>
    public const int LargestFile = 16 << 20;

    private const int HeadLength = 32, ChecksumLength = 4;
    private const byte Version = 1;
    private const int LargestCount = 1 << 22;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'K', (byte)'T', (byte)'S', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(TokenStatistics statistics)
    {
        RangeEncoder coder = new();
        CodeAll(coder, statistics);
        ArrayBufferWriter<byte> bytes = new();
        Span<byte> head = stackalloc byte[HeadLength];
        head.Clear();
        Magic.CopyTo(head);
        head[8] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(head[10..], (ushort)statistics.MaximumBudget);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], statistics.CodebookSize);
        Convert.FromHexString(statistics.Model).CopyTo(head[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], statistics.Images);
        bytes.Write(head);
        bytes.Write(coder.Finish());
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.Append(0, bytes.WrittenSpan));
        bytes.Write(checksum);
        return bytes.WrittenSpan.ToArray();
    }

    public static TokenStatistics Read(byte[] bytes, string name)
    {
        if (bytes.Length < HeadLength + ChecksumLength || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new KarlFormatException($"Statistics '{name}': this is no file of statistics; karl compress IMAGES --write-statistics FILE.kts makes one.");
        }

        if (bytes[8] != Version)
        {
            throw new KarlFormatException($"Statistics '{name}': their version is {bytes[8]}; this karl reads version {Version}. Gather them again, or update karl.");
        }

        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - ChecksumLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(content.Length)) != Crc32.Append(0, content))
        {
            throw new KarlFormatException($"Statistics '{name}': their checksum is wrong: the file is damaged or cut off; gather them again.");
        }

        int budget = BinaryPrimitives.ReadUInt16LittleEndian(content[10..]), codebook = BinaryPrimitives.ReadInt32LittleEndian(content[12..]), images = BinaryPrimitives.ReadInt32LittleEndian(content[24..]);
        if (budget is < 1 or > 4096 || codebook < 1 || images < 0)
        {
            throw new KarlFormatException($"Statistics '{name}': a budget of {budget}, a codebook of {codebook} and {images} images cannot be; gather them again.");
        }

        TokenStatistics statistics = new(Convert.ToHexStringLower(content.Slice(16, 8)), budget, codebook);
        RangeDecoder coder = new();
        coder.Begin(content[HeadLength..].ToArray());
        long sum = CodeAll(coder, statistics);
        if (sum > LargestCount)
        {
            throw new KarlFormatException($"Statistics '{name}': they count {sum} tokens and positions; at most {LargestCount} were expected. Gather them again.");
        }

        statistics.Restore(images, (int)sum);
        return statistics;
    }

    /// <summary>Writes all counts, or reads them: the walk is the same.</summary>
    /// <returns>Their sum.</returns>
    private static long CodeAll(BitCoder coder, TokenStatistics statistics)
    {
        long sum = 0;
        Code(statistics.Dropped, new NumberModel());
        Code(statistics.Kept, new NumberModel());
        int groups = new CodeLayout(statistics.CodebookSize, statistics.MaximumBudget).Groups, symbols = statistics.Seen.Length / groups;
        for (int group = 0; group < groups; group++)
        {
            Code(statistics.Seen.AsSpan(group * symbols, symbols), new NumberModel());
        }

        return sum;

        void Code(Span<int> counts, NumberModel model)
        {
            foreach (ref int count in counts)
            {
                count = model.Code(coder, count);
                sum += count;
            }
        }
    }
}
