using Karl.Applications.Compression.Internals;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class RangeCoderTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Decisions_OfAnyProbability_ComeBack(int seed)
    {
        Random random = new(seed);
        for (int stream = 0; stream < 300; stream++)
        {
            (int Bit, ulong Zeros, ulong Total)[] decisions = [.. Enumerable.Range(0, random.Next(400)).Select(_ => Decision(random))];
            RangeEncoder encoder = new();
            Array.ForEach(decisions, one => encoder.Code(one.Bit, one.Zeros, one.Total));
            RangeDecoder decoder = new();
            decoder.Begin(encoder.Finish().ToArray());
            foreach ((int bit, ulong zeros, ulong total) in decisions)
            {
                Assert.AreEqual(bit, decoder.Code(0, zeros, total), $"Seed {seed}, stream {stream}");
            }
        }
    }

    [TestMethod]
    public void Encoder_WhoseCarryRunsThroughManyBytes_WritesWhatComesBack()
    {
        // A likely 1 moves the interval's lower end just below a whole byte again and again.
        RangeEncoder encoder = new();
        int[] bits = [.. Enumerable.Range(0, 5000).Select(index => index % 97 == 96 ? 0 : 1)];
        Array.ForEach(bits, bit => encoder.Code(bit, 1, 1 << 16));
        byte[] bytes = encoder.Finish().ToArray();
        RangeDecoder decoder = new();
        decoder.Begin(bytes);
        CollectionAssert.AreEqual(bits, bits.Select(_ => decoder.Code(0, 1, 1 << 16)).ToArray());
    }

    [TestMethod]
    public void Encoder_ForManyStreams_TakesHardlyMoreThanTheIdealLength()
    {
        Random random = new(5);
        double ideal = 0;
        long bytes = 0;
        RangeEncoder encoder = new();
        const int streams = 500;
        for (int stream = 0; stream < streams; stream++)
        {
            IdealLength length = new();
            encoder.Begin();
            for (int index = 0; index < 200; index++)
            {
                ulong zeros = (ulong)random.Next(1, 1000);
                int bit = random.Next(1000) < (int)zeros ? 0 : 1;
                encoder.Code(bit, zeros, 1000);
                length.Code(bit, zeros, 1000);
            }

            bytes += encoder.Finish().Length;
            ideal += length.Bits;
        }

        // Rounded up to bytes, without the zeros at the end: 2.56 bits a stream are to be expected.
        double excess = ((8.0 * bytes) - ideal) / streams;
        Assert.IsInRange(2.0, 3.1, excess);
    }

    [TestMethod]
    public void Encoder_ThatWasGivenNothing_WritesNothing() => Assert.AreEqual(0, new RangeEncoder().Finish().Length);

    [TestMethod]
    public void Numbers_OfAllSizes_ComeBack()
    {
        int[] numbers = [0, 1, 2, 3, 4, 7, 8, 1000, 65535, 65536, NumberModel.Largest - 1, NumberModel.Largest];
        RangeEncoder encoder = new();
        NumberModel model = new();
        Array.ForEach(numbers, number => model.Code(encoder, number));
        RangeDecoder decoder = new();
        decoder.Begin(encoder.Finish().ToArray());
        model.Restart();
        CollectionAssert.AreEqual(numbers, numbers.Select(_ => model.Code(decoder, 0)).ToArray());
    }

    private static (int Bit, ulong Zeros, ulong Total) Decision(Random random)
    {
        ulong total = (ulong)random.NextInt64(2, 1L << random.Next(2, 46)), zeros = (ulong)random.NextInt64(1, (long)total);
        return random.Next(4) switch
        {
            0 => (random.Next(2), 1, total),
            1 => (random.Next(2), total - 1, total),
            _ => (random.NextDouble() * total < zeros ? 0 : 1, zeros, total),
        };
    }
}
