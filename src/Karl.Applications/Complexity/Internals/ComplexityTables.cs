using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karl.Applications.Internals;

namespace Karl.Applications.Complexity.Internals;

/// <summary>A report as tables.</summary>
internal static class ComplexityTables
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for each image, simplest first.</summary>
    public static byte[] Csv(ComplexityReport report, ScoreAgreement? agreement)
    {
        CsvTable table = new("path", "tokens", "bits", "error", "small_error", "full_error", "gain", "gain_share", "reading", "jpeg_bytes", "score");
        double?[] scores = Scores(report, agreement);
        for (int index = 0; index < report.Images.Length; index++)
        {
            ImageComplexity image = report.Images[index];
            table.Add(
                image.Path, image.Tokens, image.Bits, image.Error, image.SmallError, image.FullError, image.Gain, image.GainShare, ComplexityText.NameOf(image.Reading), image.JpegBytes, scores[index]);
        }

        return table.ToUtf8();
    }

    /// <summary>The same as one JSON object a line, with the settings.</summary>
    public static byte[] JsonLines(ComplexityReport report, ScoreAgreement? agreement)
    {
        ArrayBufferWriter<byte> buffer = new();
        double?[] scores = Scores(report, agreement);
        using Utf8JsonWriter json = new(buffer, Writing);
        for (int index = 0; index < report.Images.Length; index++)
        {
            Write(json, report, report.Images[index], scores[index]);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ComplexityReport report, ImageComplexity image, double? score)
    {
        json.WriteStartObject();
        json.WriteString("path", image.Path);
        json.WriteNumber("tokens", image.Tokens);
        json.WriteNumber("bits", Math.Round(image.Bits, 3));
        json.WriteNumber("error", Math.Round(image.Error, 6));
        json.WriteNumber("small_error", Math.Round(image.SmallError, 6));
        json.WriteNumber("full_error", Math.Round(image.FullError, 6));
        json.WriteNumber("gain", Math.Round(image.Gain, 6));
        json.WriteNumber("gain_share", Math.Round(image.GainShare, 6));
        json.WriteString("reading", ComplexityText.NameOf(image.Reading));
        json.WriteNumber("jpeg_bytes", image.JpegBytes);
        if (score is double number)
        {
            json.WriteNumber("score", number);
        }

        json.WriteNumber("epsilon", report.Settings.Epsilon);
        json.WriteNumber("budget", report.Settings.Budget);
        json.WriteNumber("small_budget", report.Settings.SmallBudget);
        json.WriteString("model", report.ModelHash);
        json.WriteEndObject();
    }

    private static double?[] Scores(ComplexityReport report, ScoreAgreement? agreement)
    {
        double?[] scores = new double?[report.Images.Length];
        foreach ((int image, double score) in agreement?.Scores ?? [])
        {
            scores[image] = score;
        }

        return scores;
    }
}
