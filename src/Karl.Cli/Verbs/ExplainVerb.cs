using System.CommandLine;
using System.Globalization;
using Karl.Applications.Explanation;
using Karl.Cli.Internals;
using Karl.Export.Explanation;
using Karl.Graphs.Onnx;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Verbs;

/// <summary><c>karl explain IMAGE -o SHEET.png</c>: which part of an image each of its tokens serves.</summary>
internal static class ExplainVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<FileInfo> image = new("IMAGE") { Description = "An image file." };
        Option<FileInfo> output = new("--output", "-o") { Description = "Where the sheet goes, .png or .jpg; an existing file is replaced.", HelpName = "SHEET.png", Required = true };
        Option<FileInfo?> numbers = new("--numbers") { Description = "Where the numbers go: .csv for a line for each token and place, .json for everything.", HelpName = "FILE" };
        ModelOptions model = new();
        TokenizingOptions tokenizing = new();
        Command command = new("explain", "Draw which part of an image each of its tokens serves.") { image, output, numbers };
        model.AddTo(command);
        tokenizing.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            FileInfo file = parsed.GetRequiredValue(image), sheet = parsed.GetRequiredValue(output);
            FileInfo? table = parsed.GetValue(numbers);
            UsageException.ThrowUnlessThere(file);
            UsageException.ThrowUnless(!Directory.Exists(file.FullName), $"'{file}' is a folder; one image was expected.");
            UsageException.ThrowUnless(IsOneOf(sheet, ".png", ".jpg", ".jpeg"), $"--output '{sheet}' does not end with .png or .jpg.");
            UsageException.ThrowUnless(table is null || IsOneOf(table, ".csv", ".json"), $"--numbers '{table}' does not end with .csv or .json.");
            foreach (FileInfo target in new[] { sheet, table }.OfType<FileInfo>())
            {
                ImageArguments.RequireOther([file.FullName], target.FullName);
                ImageArguments.RequireFolderOf(target.FullName);
            }

            ModelChoice choice = model.Model(parsed);
            ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
            TokenizeOptions options = tokenizing.Read(parsed);
            return RunAsync(parsed.InvocationConfiguration, choice, running, options, file, sheet, table, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        InvocationConfiguration configuration, ModelChoice choice, ImageTokenizerOptions running, TokenizeOptions options, FileInfo file, FileInfo sheet, FileInfo? table, CancellationToken cancellationToken)
    {
        RgbImage image = running.ImageDecoder.Decode(file.FullName, cancellationToken);
        using Bundle bundle = choice.Open();
        using ImageTokenizer tokenizer = ImageTokenizer.Load(bundle, running);
        using TokenExplainer explainer = new(tokenizer, Attention(bundle, configuration.Error), running.Threads);
        int count = options.Budget ?? bundle.Manifest.DefaultBudget;
        TokenExplanation explanation = await Watching.RunAsync(
            configuration.Error,
            "leaving tokens out",
            () => count,
            watching => Task.Run(() => explainer.Explain(image, options, (_, _) => watching.Advance(), cancellationToken), CancellationToken.None));
        string name = PlainText.OneLine(file.Name);
        ImageWriter.Write(ExplanationSheet.Draw(explanation, name, choice.Name), sheet.FullName);
        if (table is not null)
        {
            ExplanationNumbers.Write(explanation, table.FullName, name, choice.Name);
        }

        configuration.Output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {explanation.Tokens.Count} of {explanation.Tokens.Budget} tokens, epsilon {explanation.Tokens.Epsilon}, error {explanation.Error:0.0000}; rank correlation of tokens and detail by region: {Correlation(explanation, TokenMeasure.Change)} by leaving out, {(explanation.HasAttention ? Correlation(explanation, TokenMeasure.Attention) : "-")} by attention\n"));
        return KarlCommand.Success;
    }

    /// <summary>The graph that shows where the bundle's decoder looks; null where it cannot be made, which is told.</summary>
    private static byte[]? Attention(Bundle bundle, TextWriter error)
    {
        string problem = "it has none of 2D tokens to kept ones.";
        try
        {
            if (AttentionGraph.Of(bundle.ReadPart(Bundle.DecoderPart), bundle.Manifest.ImageTokens) is byte[] graph)
            {
                return graph;
            }
        }
        catch (OnnxFormatException exception)
        {
            problem = exception.Message;
        }

        error.WriteLine($"karl: the decoder's attention is left out: {PlainText.OneLine(problem)}");
        return null;
    }

    private static string Correlation(TokenExplanation explanation, TokenMeasure measure) =>
        explanation.DetailCorrelation(measure) is double number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static bool IsOneOf(FileInfo file, params string[] endings) => endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);
}
