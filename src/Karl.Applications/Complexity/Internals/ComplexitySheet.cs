using System.Globalization;
using Karl.Applications.Sheets;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Complexity.Internals;

/// <summary>Images from the simplest to the most complex, with the tokens that they take.</summary>
internal static class ComplexitySheet
{
    /// <summary>Null where none of the images is there any more.</summary>
    public static RgbImage? Draw(ComplexityReport report, ImageTokenizer tokenizer, int most, CancellationToken cancellationToken)
    {
        List<ContactSheetEntry> entries = [];
        foreach (ImageComplexity image in ContactSheet.Spread(report.Images, most))
        {
            if (tokenizer.ReadOriginal(image.Path, cancellationToken).Image is RgbImage original)
            {
                string tokens = string.Create(CultureInfo.InvariantCulture, $"{image.Tokens} {(image.Tokens == 1 ? "token" : "tokens")}");
                entries.Add(new ContactSheetEntry([original], tokens, ComplexityText.NameOf(image.Reading), Path.GetFileName(image.Path)));
            }
        }

        string shown = entries.Count < report.Images.Length ? $"{entries.Count} of {report.Images.Length} images" : $"{entries.Count} images";
        string title = string.Create(CultureInfo.InvariantCulture, $"{shown}, from the simplest to the most complex: {report.Model}, epsilon {report.Settings.Epsilon}");
        return entries.Count == 0 ? null : ContactSheet.Draw(entries, title);
    }
}
