using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles.Internals;

/// <summary>Lines of a token file as JSON, and back.</summary>
internal static class TokenLineJson
{
    private const int LargestBudget = 4096;
    private const string EncoderRuns = "encoder_runs";
    private const string DecoderRuns = "decoder_runs";
    private const string HaltingProbabilities = "halting_probabilities";
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static ArrayBufferWriter<byte> Write(TokenLine line, bool withProbabilities = false)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("path", line.Path);
        if (line.Tokens is null)
        {
            json.WriteString("error", line.Error);
        }
        else
        {
            Write(json, line.Tokens);
            if (withProbabilities)
            {
                WriteProbabilities(json, line.Tokens);
            }

            json.WriteString("model", line.Model);
            json.WriteNumber("milliseconds", Math.Round(line.Milliseconds, 1));
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    private static void Write(Utf8JsonWriter json, TokenSequence tokens)
    {
        json.WriteNumber("tokens", tokens.Count);
        json.WriteStartArray("positions");
        foreach (int position in tokens.Positions)
        {
            json.WriteNumberValue(position);
        }

        json.WriteEndArray();
        json.WriteStartArray(tokens.IsQuantized ? "codes" : "latents");
        foreach (int code in tokens.Codes)
        {
            json.WriteNumberValue(code);
        }

        for (int row = 0; !tokens.IsQuantized && row < tokens.Latents.Length; row += tokens.LatentWidth)
        {
            json.WriteStartArray();
            foreach (float value in tokens.Latents.AsSpan(row, tokens.LatentWidth))
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (tokens.CodebookSize is int codebook)
        {
            json.WriteNumber("codebook", codebook);
        }
        else
        {
            json.WriteNumber("width", tokens.LatentWidth);
        }

        json.WriteNumber("bits", Math.Round(tokens.Bits, 3));
        json.WriteNumber("epsilon", tokens.Epsilon);
        json.WriteNumber("budget", tokens.Budget);
        if (tokens.Runs is ModelRuns runs)
        {
            json.WriteNumber(EncoderRuns, runs.Encoder);
            json.WriteNumber(DecoderRuns, runs.Decoder);
        }
    }

    private static void WriteProbabilities(Utf8JsonWriter json, TokenSequence tokens)
    {
        json.WriteStartArray(HaltingProbabilities);
        foreach (float probability in tokens.HaltingProbabilities)
        {
            json.WriteNumberValue(probability);
        }

        json.WriteEndArray();
    }

    public static TokenLine Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Reading);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"a JSON {root.ValueKind} was found; an object was expected.");
            }

            string path = Text(root, "path");
            return root.TryGetProperty("error", out _)
                ? new TokenLine(path, null, Text(root, "error"), null, 0)
                : new TokenLine(path, Tokens(root), null, Text(root, "model"), Member(root, "milliseconds").GetDouble());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private static TokenSequence Tokens(JsonElement root)
    {
        int[] positions = Numbers(Member(root, "positions"), LargestBudget);
        int count = Member(root, "tokens").GetInt32();
        if (count != positions.Length)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'tokens' is {count}, but there are {positions.Length} positions."));
        }

        int budget = Member(root, "budget").GetInt32();
        float epsilon = Member(root, "epsilon").GetSingle();
        float[] halting = root.TryGetProperty(HaltingProbabilities, out JsonElement probabilities) ? [.. probabilities.EnumerateArray().Select(value => value.GetSingle())] : [];
        ModelRuns? runs = root.TryGetProperty(EncoderRuns, out JsonElement encoderRuns) ? new ModelRuns(encoderRuns.GetInt32(), Member(root, DecoderRuns).GetInt32()) : null;
        if (root.TryGetProperty("codes", out JsonElement codes))
        {
            return TokenSequence.FromCodes(positions, Numbers(codes, LargestBudget), Member(root, "codebook").GetInt32(), budget, epsilon, halting, runs);
        }

        int width = Member(root, "width").GetInt32();
        List<float> latents = [];
        foreach (JsonElement row in Member(root, "latents").EnumerateArray())
        {
            if (row.GetArrayLength() != width)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a latent has {row.GetArrayLength()} numbers; 'width' is {width}."));
            }

            latents.AddRange(row.EnumerateArray().Select(value => value.GetSingle()));
        }

        return TokenSequence.FromLatents(positions, latents.ToArray(), width, budget, epsilon, halting, runs);
    }

    private static int[] Numbers(JsonElement array, int most)
    {
        int length = array.GetArrayLength();
        return length <= most
            ? [.. array.EnumerateArray().Select(value => value.GetInt32())]
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"there are {length} tokens; at most {most} were expected."));
    }

    private static JsonElement Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"'{name}' is missing.");

    private static string Text(JsonElement root, string name) =>
        Member(root, name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
