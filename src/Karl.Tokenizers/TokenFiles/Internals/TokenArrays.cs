using System.Text;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles.Internals;

/// <summary>A token file into arrays, one array after another, each in one pass over the file, so that none need fit into memory.</summary>
internal static class TokenArrays
{
    public static void Write(string linesPath, string path, BundleManifest manifest, TokenFileSettings settings)
    {
        long images = 0, tokens = 0, errors = 0;
        foreach (TokenLine line in TokenLineReader.Read(linesPath))
        {
            images += line.Tokens is null ? 0 : 1;
            errors += line.Tokens is null ? 1 : 0;
            tokens += line.Tokens?.Count ?? 0;
        }

        IEnumerable<TokenLine> sound = TokenLineReader.Read(linesPath).Where(line => line.Tokens is not null);
        IEnumerable<TokenSequence> sequences = sound.Select(line => line.Tokens!);
        IEnumerable<TokenLine> broken = TokenLineReader.Read(linesPath).Where(line => line.Tokens is null);
        using NpzWriter writer = NpzWriter.Create(path);
        AddTexts(writer, "paths", "path_offsets", sound.Select(line => line.Path), images);
        writer.AddPieces("offsets", Offsets(sequences.Select(sequence => (long)sequence.Count)), images + 1);
        writer.AddPieces("positions", sequences.Select(sequence => sequence.Positions.AsMemory()), tokens);
        if (manifest.Quantized)
        {
            writer.AddPieces("codes", sequences.Select(sequence => sequence.Codes.AsMemory()), tokens);
            writer.Add<int>("codebook", [manifest.CodebookSize!.Value], []);
        }
        else
        {
            writer.AddPieces("latents", sequences.Select(sequence => sequence.Latents.AsMemory()), tokens, manifest.LatentWidth);
        }

        if (manifest.HaltingThreshold is not null)
        {
            writer.AddPieces("halting_probabilities", sequences.Select(sequence => sequence.HaltingProbabilities.AsMemory()), images, settings.Budget);
        }

        writer.AddPieces("encoder_runs", Single(sequences.Select(sequence => sequence.Runs?.Encoder ?? -1)), images);
        writer.AddPieces("decoder_runs", Single(sequences.Select(sequence => sequence.Runs?.Decoder ?? -1)), images);
        writer.AddPieces("bits", Single(sequences.Select(sequence => sequence.Bits)), images);
        writer.AddPieces("milliseconds", Single(sound.Select(line => line.Milliseconds)), images);
        writer.Add<float>("epsilon", [settings.Epsilon], []);
        writer.Add<int>("budget", [settings.Budget], []);
        byte[] model = Encoding.UTF8.GetBytes(settings.Model);
        writer.Add<byte>("model", model, model.Length);
        AddTexts(writer, "error_paths", "error_path_offsets", broken.Select(line => line.Path), errors);
        AddTexts(writer, "errors", "error_offsets", broken.Select(line => line.Error!), errors);
        writer.Complete();
    }

    private static void AddTexts(NpzWriter writer, string key, string offsetsKey, IEnumerable<string> texts, long count)
    {
        IEnumerable<long> lengths = texts.Select(text => (long)Encoding.UTF8.GetByteCount(text));
        writer.AddPieces(key, texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)), lengths.Sum());
        writer.AddPieces(offsetsKey, Offsets(lengths), count + 1);
    }

    /// <summary>0, and the sum of the lengths up to each.</summary>
    private static IEnumerable<ReadOnlyMemory<long>> Offsets(IEnumerable<long> lengths)
    {
        long sum = 0;
        return Single(lengths.Select(length => sum += length).Prepend(0));
    }

    /// <summary>Numbers one by one as pieces, a thousand at a time.</summary>
    private static IEnumerable<ReadOnlyMemory<T>> Single<T>(IEnumerable<T> numbers) => numbers.Chunk(1000).Select(chunk => (ReadOnlyMemory<T>)chunk);
}
