unit System.IOUtils;

{ What samples use of Delphi's file functions. Nothing here does anything. }

interface

uses
  SysUtils;

type
  TFile = record
    class function ReadAllText(const Path: string; const Encoding: TEncoding): string; static;
  end;

implementation

class function TFile.ReadAllText(const Path: string; const Encoding: TEncoding): string;
begin
  Result := '';
end;

end.
